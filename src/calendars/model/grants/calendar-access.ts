import { type CalendarRole, includesRole } from './calendar-role.js';

/**
 * The access of a caller to a calendar:
 * - an API key that acts as itself has all access to every calendar of its tenant
 * - a user has all access to their own calendars; to another one, that of the user's own grant, else that of the tenant's
 *   grant, else none
 * - a caller without a token owns the calendars of users for whom it may act, but sees no details of a private event; to
 *   another calendar it has the access of the tenant's grant, and never more than that of a reader
 */
export interface CalendarAccess {
  readonly role: CalendarRole;
  /** Whether the caller sees private events as the role allows others. An owner with a token does. */
  readonly seesPrivate: boolean;
}

export const ALL_ACCESS: CalendarAccess = { role: 'owner', seesPrivate: true };

export const NO_ACCESS: CalendarAccess = { role: 'none', seesPrivate: false };

/** The part of an event that a caller sees: all of it, its times alone, or nothing. */
export type VisiblePart = 'full' | 'times' | 'hidden';

/** An event as the policy of calendars sees it. */
export interface GuardedEvent {
  /** Whether the caller attends the event. */
  readonly attends: boolean;
  readonly isPrivate: boolean;
}

/**
 * The part of an event that a caller sees. This is the one place that decides it; `calendarAccess` in SQL has the same
 * rule for searches. Attendees see the event. Other callers see what all of these calendars allow: that of the organizer,
 * and the one through which the event is read.
 */
export function visiblePart(
  { attends, isPrivate }: GuardedEvent,
  calendars: readonly CalendarAccess[],
): VisiblePart {
  if (attends) return 'full';
  if (calendars.some(({ role }) => role === 'none')) return 'hidden';
  const showsDetails = ({ role, seesPrivate }: CalendarAccess) =>
    includesRole(role, 'reader') && (!isPrivate || seesPrivate);
  return calendars.every(showsDetails) ? 'full' : 'times';
}

/** Whether a caller may write an event in a calendar, or answer for its user. */
export function mayWriteIn({ role, seesPrivate }: CalendarAccess, isPrivate: boolean): boolean {
  return includesRole(role, 'writer') && (!isPrivate || seesPrivate);
}
