import type { Actor } from '../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../access/decision.js';
import type { CalendarRecord } from './calendar-record.js';
import type { CalendarAccess } from './grants/calendar-access.js';
import { type CalendarRole, includesRole } from './grants/calendar-role.js';

/** A calendar as a caller sees it. */
export interface CalendarView {
  readonly calendar: CalendarRecord;
  readonly role: CalendarRole;
  /** Whether the caller may act for the user, and so sees the reminders and what a product keeps. */
  readonly isOwn: boolean;
}

/** The user of a calendar may change it and its grants, and a caller with the role `owner`. */
export function mayChangeCalendarOf(actor: Actor, owner: Subject, { role }: CalendarAccess): Decision {
  return role === 'owner' ? 'allow' : mayActFor(actor, owner);
}

/**
 * Only the user may create calendars, move events that the user attends between them, and change their reminders. A reminder
 * tells an address of its own about all events in the calendar, also those that an owner of the calendar does not see.
 */
export function mayArrangeCalendarsOf(actor: Actor, owner: Subject): Decision {
  return mayActFor(actor, owner);
}

/** The name and the color of a calendar need the role `reader`. */
export function showsName({ role }: Pick<CalendarView, 'role'>): boolean {
  return includesRole(role, 'reader');
}

export function calendarSeenBy(
  actor: Actor,
  calendar: CalendarRecord,
  owner: Subject,
  { role }: CalendarAccess,
): CalendarView {
  return { calendar, role, isOwn: mayActFor(actor, owner) === 'allow' };
}
