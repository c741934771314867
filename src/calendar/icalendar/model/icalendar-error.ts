import { CalendarError } from '../../calendar-error.js';
import type { ObjectProblemCode } from './icalendar-codes.js';

/**
 * The error of a text that is not iCalendar, or of one object of it. `line` counts from 1 in the file, each folded line
 * too.
 * @example throw new ICalendarError('invalid_icalendar', 'BEGIN:VEVENT has no END.', 12);
 */
export class ICalendarError extends CalendarError {
  /** @param reason a sentence without the line */
  constructor(
    code: ObjectProblemCode | 'invalid_icalendar',
    readonly reason: string,
    readonly line: number,
    part?: string,
  ) {
    super('invalid', code, `Line ${line}: ${reason}`, part);
  }
}
