import { QueryFailedError } from 'typeorm';
import { errorCode } from '../../platform/error-code.js';

/** The classes of PostgreSQL's errors for data and for constraints. */
const OF_CONTENT = /^(?:22|23)/;

/** The class of its errors for transactions that it rolls back. */
const OF_TRANSACTION = /^40/;

/** Whether PostgreSQL has refused a statement for its content or for another transaction, so that it had no effect. */
export function isRefusedStatement(error: unknown): boolean {
  return isRefusedContent(error) || OF_TRANSACTION.test(codeOf(error));
}

/** Whether PostgreSQL has refused a statement for its content: the same statement with other rows may succeed. */
export function isRefusedContent(error: unknown): boolean {
  return OF_CONTENT.test(codeOf(error));
}

function codeOf(error: unknown): string {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return errorCode(cause) ?? '';
}
