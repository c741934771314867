import pino, { type Logger } from 'pino';
import { type LogLevel } from '../configuration/sections/process-configuration.js';
import { errorCode } from '../error-code.js';
import { traceFields } from '../tracing/tracing.js';
import type { LineFormat } from './pretty-lines.js';
import { currentRequestId } from './request-context.js';
import { withoutSecrets } from './without-secrets.js';

/**
 * Writes JSON lines to standard output, one for each record, with the ids of the request and the span that it belongs to.
 * @param format gives each line another form
 */
export function createLogger(level: LogLevel, format: LineFormat | null = null): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: withoutSecrets },
      mixin: () => {
        const requestId = currentRequestId();
        return { ...(requestId !== null && { request_id: requestId }), ...traceFields() };
      },
      serializers: { err: describeError },
    },
    format === null ? process.stdout : { write: (line) => process.stdout.write(`${format(line)}\n`) },
  );
}

/** Names its fields one by one: the errors of the database carry the query and its parameters. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  const code = errorCode(error);
  return {
    type: name,
    message,
    ...(code !== null && { code }),
    stack,
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}
