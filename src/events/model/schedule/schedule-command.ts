import type { RecurrenceRule } from '../../../calendar/recurrence/rule/recurrence-rule.js';
import type { Length } from '../../../calendar/time/length.js';
import type { When } from '../../../calendar/time/when.js';

/** The part of a command that concerns times. In a change, an absent field keeps its value. */
export interface ScheduleCommand {
  readonly allDay?: boolean;
  /** IANA name. A new event without it is in the zone of its organizer. */
  readonly timeZone?: string;
  readonly start?: When;
  readonly extent?: Extent;
  /** Null: the event does not repeat. */
  readonly repeat?: RepeatCommand | null;
}

/**
 * How far an event reaches: to an exclusive end, or for a length. `count` is a length in the event's own unit, which is
 * days for an all-day event and seconds for any other.
 */
export type Extent = { readonly end: When } | { readonly length: Length } | { readonly count: number };

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
  /** Whether WKST is that of the series before the change. It has an effect only if INTERVAL is more than 1. */
  readonly keepsWeekStart: boolean;
}
