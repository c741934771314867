import { QueryFailedError } from 'typeorm';
import { errorCode } from '../../platform/error-code.js';

/** The classes of PostgreSQL's errors for data, for constraints, and for transactions that it rolls back. */
const REFUSED = /^(?:22|23|40)/;

/** Whether PostgreSQL has refused a statement for its content or for another transaction, so that it had no effect. */
export function isRefusedStatement(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return REFUSED.test(errorCode(cause) ?? '');
}
