import type { Actor } from '../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../access/decision.js';
import type { CalendarRecord } from './calendar-record.js';

/** What a caller may do with a calendar: `owner` everything, `reader` read it and its events. */
export const CALENDAR_ROLES = ['owner', 'reader'] as const;
export type CalendarRole = (typeof CALENDAR_ROLES)[number];

/** A calendar as a caller sees it. */
export interface CalendarView {
  readonly calendar: CalendarRecord;
  readonly role: CalendarRole;
  /** Whether the caller may act for the user, and so sees the reminders and what a product keeps. */
  readonly isOwn: boolean;
}

/** The role of a caller who sees the user of the calendar. This is the one place that decides about calendars. */
function roleOn(actor: Actor, owner: Subject): CalendarRole {
  return mayActFor(actor, owner) === 'allow' ? 'owner' : 'reader';
}

/** Only its user may change a calendar, and put events into it. */
export function mayWriteCalendarOf(actor: Actor, owner: Subject): Decision {
  return mayActFor(actor, owner);
}

export function calendarSeenBy(actor: Actor, calendar: CalendarRecord, owner: Subject): CalendarView {
  const role = roleOn(actor, owner);
  return { calendar, role, isOwn: role === 'owner' };
}
