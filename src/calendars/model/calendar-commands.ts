import { type FieldError, refuseFaults } from '../../errors/domain-error.js';
import { colorFault } from '../../platform/values/color.js';
import { type ProductDataPatch, productDataFaults } from '../../platform/values/product-data.js';
import { textFault } from '../../platform/values/text-fault.js';
import type { NewReminder } from '../../users/model/reminder.js';
import { MAX_CALENDAR_NAME_LENGTH, MAX_CALENDAR_POSITION } from './calendar-limits.js';

/** Values of a calendar that its user chooses. */
interface CalendarValues extends Required<ProductDataPatch> {
  readonly name: string;
  /** `#rrggbb`; null: the client chooses one. */
  readonly color: string | null;
  /** The name of an IANA zone, in any spelling that the core accepts; null: the zone of the user. */
  readonly timeZone: string | null;
  readonly countsAsBusy: boolean;
  /** Null: those of the user; empty: none. */
  readonly defaultReminders: readonly NewReminder[] | null;
  readonly position: number;
}

/** Creates a calendar. The database has the defaults of absent values; without a position, the calendar comes last. */
export type NewCalendar = Pick<CalendarValues, 'name'> & Partial<CalendarValues>;

/** Changes a calendar. Absent values stay. */
export type CalendarPatch = Partial<CalendarValues>;

/**
 * Refuses values beyond their limits. No protocol has to check them before.
 * @throws {DomainError} invalid, naming each field
 */
export function refuseCalendarBeyondLimits({ name, color, position, ...product }: CalendarPatch): void {
  refuseFaults([
    ...faultOf('name', name === undefined ? null : textFault(name, 1, MAX_CALENDAR_NAME_LENGTH)),
    ...faultOf('color', color == null ? null : colorFault(color)),
    ...faultOf('position', position === undefined ? null : positionFault(position)),
    ...productDataFaults(product),
  ]);
}

function positionFault(value: number): string | null {
  return Number.isInteger(value) && value >= 0 && value <= MAX_CALENDAR_POSITION
    ? null
    : `must be an integer from 0 to ${MAX_CALENDAR_POSITION}`;
}

function faultOf(field: string, message: string | null): FieldError[] {
  return message === null ? [] : [{ field, message }];
}
