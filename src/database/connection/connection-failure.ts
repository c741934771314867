import { errorCode } from '../../platform/error-code.js';

/** The server cannot be reached yet: Node's network errors, and PostgreSQL's for a lost connection, starting, stopping and full. */
const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
]);

/** Whether a failed connection is worth another attempt; a refused password is not. */
export function isConnectionFailure(error: unknown): boolean {
  const code = errorCode(error);
  return code === null ? isTimeout(error) : CODES.has(code) || isPoolerWithoutServer(error);
}

/** The reason why a connection failed, for operators. The error of a name with several addresses has a code alone. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error && error.message) || errorCode(error) || String(error);
}

/** PgBouncer has one code for all of its own errors. */
function isPoolerWithoutServer(error: unknown): boolean {
  return (
    errorCode(error) === '08P01' &&
    error instanceof Error &&
    /connect failed|query_wait_timeout/.test(error.message)
  );
}

/** The errors of the pool, its clients and TypeORM's runners have a message alone. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout|terminated|not queryable|already released/i.test(error.message);
}
