import type { RecurrenceRule } from '../../../calendar/recurrence/rule/recurrence-rule.js';
import type { Length } from '../../../calendar/time/length.js';
import type { When } from '../../../calendar/time/when.js';

/** The part of a command that concerns times. In a change, an absent field keeps its value. */
export interface ScheduleCommand {
  readonly allDay?: boolean;
  /** IANA name. A new event without it is in the zone of its organizer. */
  readonly timeZone?: string;
  /** IANA name of the zone of the end; null: the end is in the zone of the event. */
  readonly endTimeZone?: string | null;
  /** Whether the days of an all-day event are those of each attendee. */
  readonly floating?: boolean;
  readonly start?: When;
  readonly endOrLength?: EndOrLength;
  /** Null: the event does not repeat. */
  readonly repeat?: RepeatCommand | null;
}

/**
 * Where an event ends: at an exclusive end, after a length, or after a number in the unit of the event: days if the event
 * is all-day, else seconds. A change that does not know whether the event is all-day has such a number.
 */
export type EndOrLength =
  | { readonly end: When }
  | { readonly length: Length }
  | { readonly durationInUnitOfEvent: number };

/** How an event repeats. In a change, absent RDATEs and EXDATEs stay as far as the rule allows it. */
export interface RepeatCommand {
  /** Null: the RDATEs alone repeat the event. */
  readonly rule: NamedRule | null;
  readonly rdates?: readonly When[];
  readonly exdates?: readonly When[];
}

/** A rule as a caller names it, which may leave parts to the series. */
export interface NamedRule {
  readonly rule: RecurrenceRule;
  /** Whether BYMONTH is the month of the start; `rule` then has no BYMONTH. */
  readonly inMonthOfStart: boolean;
  /** Whether WKST is that of the series before the change. WKST has an effect only if INTERVAL is more than 1. */
  readonly keepsWeekStart: boolean;
}
