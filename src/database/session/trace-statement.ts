import type { Client } from 'pg';
import { errorCode } from '../../platform/error-code.js';
import { currentSpan, inChildSpan, type SpanStart } from '../../platform/tracing/tracing.js';

/** Characters of a statement in its span. Only an insert of many rows is longer, and its end repeats its start. */
const MAX_TEXT_LENGTH = 4_000;

const OPERATION = /^\s*(START TRANSACTION|\w+)/i;
const TABLE = /\b(?:FROM|INTO|UPDATE)\s+"?(\w+)/i;

/** SQLSTATE, PostgreSQL's code of an error. */
const SQL_STATE = /^[0-9A-Z]{5}$/;

/** Runs a statement as a child of the current span. The span has the text with its placeholders, and no parameter. */
export function traceStatement<T>(
  server: Pick<Client, 'host' | 'port' | 'database'>,
  schema: string,
  text: string,
  run: () => Promise<T>,
): Promise<T> {
  if (currentSpan() === null) return run();
  return inChildSpan(
    () => statement(server, schema, text),
    async (span) =>
      run().catch((error: unknown) => {
        const code = errorCode(error);
        if (code !== null && SQL_STATE.test(code)) span?.set({ 'db.response.status_code': code });
        throw error;
      }),
  );
}

function statement(
  { host, port, database }: Pick<Client, 'host' | 'port' | 'database'>,
  schema: string,
  wholeText: string,
): SpanStart {
  const text = wholeText.slice(0, MAX_TEXT_LENGTH);
  const operation = OPERATION.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
  const table = TABLE.exec(text)?.[1];
  const summary = table === undefined ? operation : `${operation} ${table}`;
  return {
    name: summary,
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': `${database ?? ''}|${schema}`,
      'db.operation.name': operation,
      'db.query.summary': summary,
      'db.query.text': text,
      'server.address': host,
      'server.port': port,
    },
  };
}
