import { QueryFailedError } from 'typeorm';
import { isConnectionFailure } from '../../database/connection/connection-failure.js';
import { writeFailureOf } from '../../database/connection/write-failure.js';
import { errorCode } from '../../platform/error-code.js';
import { type Problem, problem } from './problem.js';

/**
 * The problem for an error of PostgreSQL, by its SQLSTATE; null if the error is a fault of the service. Services
 * check their input first. These errors remain if two requests race, or if a check is missing.
 */
export function databaseProblem(exception: unknown, instance: string): Problem | null {
  const error = exception instanceof QueryFailedError ? exception.driverError : exception;
  if (isConnectionFailure(error)) return unavailable(instance);
  if (writeFailureOf(error) !== null)
    return problem(503, 'database_read_only', 'The database takes no writes at the moment.', instance);
  const code = sqlState(error);
  if (code === null) return null;
  if (code === '23505') return problem(409, 'already_exists', 'The resource exists already.', instance);
  if (code === '23503')
    return problem(404, 'not_found', 'A resource of the request was deleted in the meantime.', instance);
  if (code.startsWith('22'))
    return problem(400, 'invalid_input', 'A value is out of the range that can be stored.', instance);
  // 08: no connection; 53: out of resources; 57: cancelled, shut down or starting; 55P03: a lock was not available in
  // time;
  // 25P: the transaction was idle too long; 40: still in conflict after several attempts.
  return /^(?:08|53|57|55P03|25P|40)/.test(code) ? unavailable(instance) : null;
}

function unavailable(instance: string): Problem {
  return problem(503, 'database_unavailable', 'The database is not available at the moment.', instance);
}

function sqlState(error: unknown): string | null {
  const code = errorCode(error);
  return code !== null && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
