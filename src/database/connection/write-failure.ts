import { QueryFailedError } from 'typeorm';
import { errorCode } from '../../platform/error-code.js';

/** PostgreSQL's read_only_sql_transaction: a standby, or a server that an administrator or a host has made read-only. */
const READ_ONLY = '25006';

/** PostgreSQL's disk_full. */
const DISK_FULL = '53100';

export type WriteFailure = 'read-only' | 'disk-full';

/** The reason why the database takes no writes at the moment; null for any other error. */
export function writeFailureOf(exception: unknown): WriteFailure | null {
  const error = exception instanceof QueryFailedError ? exception.driverError : exception;
  const code = errorCode(error);
  if (code === READ_ONLY) return 'read-only';
  return code === DISK_FULL ? 'disk-full' : null;
}
