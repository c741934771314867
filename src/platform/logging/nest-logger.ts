import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';
import { ConfigurationError } from '../configuration/environment/configuration-error.js';

/** Lets Nest, and each `Logger` of the service, write through pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest passes the context last, and the stack of an error before it, or the text of a line whose fields come first. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const fields = typeof context === 'string' ? { context } : {};
    // The process ends with such an error, and writes its message to standard error itself.
    if (message instanceof ConfigurationError) return;
    if (message instanceof Error) {
      this.logger[level]({ ...fields, err: message }, message.message);
      return;
    }
    if (typeof message === 'object' && rest.length > 1 && typeof rest[0] === 'string') {
      this.logger[level]({ ...fields, ...message }, rest[0]);
      return;
    }
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? { stack: rest[0] } : {};
    this.logger[level](
      { ...fields, ...stack },
      typeof message === 'string' ? message : JSON.stringify(message),
    );
  }
}
