/** What went wrong, in the domain's terms; an edge decides how its protocol says so. */
export type CalendarErrorKind =
  | 'invalid'
  | 'not-found'
  | 'conflict'
  | 'forbidden'
  | 'limit-exceeded'
  | 'quota-exceeded';

/**
 * The one error the calendar throws.
 *
 * `code` is stable and meant for programs, `detail` is a sentence meant for people, and `part` names the
 * offending part of a recurrence rule (`BYMONTH`) where there is one.
 *
 * @example
 * throw new CalendarError('invalid', 'invalid_rule', 'BYMONTH must be 1 to 12, not 13.', 'BYMONTH');
 */
export class CalendarError extends Error {
  constructor(
    readonly kind: CalendarErrorKind,
    readonly code: string,
    readonly detail: string,
    readonly part?: string,
  ) {
    super(detail);
    this.name = 'CalendarError';
  }
}
