import { DomainError, type ErrorKind } from '../errors/domain-error.js';

/**
 * The one error that the calendar core throws. `part` names the part of a recurrence rule at fault (`BYMONTH`), if there
 * is one.
 *
 * @example
 * throw new CalendarError('invalid', 'invalid_rule', 'BYMONTH must be 1 to 12, not 13.', 'BYMONTH');
 */
export class CalendarError extends DomainError {
  constructor(
    kind: Extract<ErrorKind, 'invalid' | 'not-found' | 'limit-exceeded'>,
    code: string,
    detail: string,
    readonly part?: string,
  ) {
    super(kind, code, detail);
  }
}
