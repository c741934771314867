import { QueryFailedError } from 'typeorm';

/** Whether PostgreSQL refused a statement because of this unique index, or of another constraint with this name. */
export function violates(error: unknown, constraint: string): boolean {
  return (
    error instanceof QueryFailedError &&
    (error.driverError as { constraint?: string }).constraint === constraint
  );
}
