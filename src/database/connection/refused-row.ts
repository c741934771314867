import { QueryFailedError } from 'typeorm';
import { errorCode } from '../../platform/error-code.js';

/** Classes of SQLSTATE: 22, a wrong value; 23, a violated constraint; 54, a row beyond a limit of PostgreSQL. */
const REFUSED = /^(?:22|23|54)[0-9A-Z]{3}$/;

/** Whether PostgreSQL refused a row of a statement because of what is in it: other rows may succeed. */
export function isRefusedRow(error: unknown): boolean {
  return error instanceof QueryFailedError && REFUSED.test(errorCode(error.driverError) ?? '');
}
