import type { LogLevel as NestLogLevel } from '@nestjs/common';
import type { Configuration, LogLevel } from './configuration.js';

const LEVELS: Readonly<Record<LogLevel, NestLogLevel[]>> = {
  silent: [],
  fatal: ['fatal'],
  error: ['fatal', 'error'],
  warn: ['fatal', 'error', 'warn'],
  info: ['fatal', 'error', 'warn', 'log'],
  debug: ['fatal', 'error', 'warn', 'log', 'debug'],
  trace: ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'],
};

/** What Nest writes down at the configured level. */
export function logLevels({ logLevel }: Configuration): NestLogLevel[] {
  return LEVELS[logLevel];
}

/** The same while it starts, without its list of every module and route unless somebody debugs. */
export function bootLogLevels({ logLevel }: Configuration): NestLogLevel[] {
  return LEVELS[logLevel === 'info' ? 'warn' : logLevel];
}
