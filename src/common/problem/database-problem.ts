import { QueryFailedError } from 'typeorm';
import { type Problem, problem } from './problem.js';

/**
 * What a client may be told of an error of PostgreSQL, by its SQLSTATE; null where it is a fault of ours.
 * Services check first: these are what is left when two requests race, or a value slipped through.
 */
export function databaseProblem(exception: unknown, instance: string): Problem | null {
  const code = sqlState(exception);
  if (code === null) return null;
  if (code === '23505') return problem(409, 'already_exists', 'It exists already.', instance);
  if (code.startsWith('22')) {
    return problem(400, 'invalid_input', 'A value is out of the range that can be stored.', instance);
  }
  // 08: no connection; 53: out of resources; 57P: shut down or starting; 40: retried and still in conflict.
  if (/^(?:08|53|57P|40)/.test(code)) {
    return problem(503, 'unavailable', 'The database is not available just now.', instance);
  }
  return null;
}

function sqlState(exception: unknown): string | null {
  const error = exception instanceof QueryFailedError ? exception.driverError : exception;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
