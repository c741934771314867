import { DomainError, type ErrorKind } from '../errors/domain-error.js';

/**
 * The only error that the calendar core throws on wrong input. `part` names the wrong part of a recurrence rule, for
 * example `BYMONTH`; absent if the error is not about one part.
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
