/**
 * What a caller may do with a calendar, each more than the one before it:
 * - `none`: nothing, as if there were no such calendar
 * - `free_busy_reader`: see the times of its events
 * - `reader`: see its events
 * - `writer`: write its events, and answer, in the name of its user
 * - `owner`: change the calendar and its grants
 */
export const CALENDAR_ROLES = ['none', 'free_busy_reader', 'reader', 'writer', 'owner'] as const;
export type CalendarRole = (typeof CALENDAR_ROLES)[number];

/** Whether a role allows all that another one allows. */
export function includesRole(role: CalendarRole, other: CalendarRole): boolean {
  return CALENDAR_ROLES.indexOf(role) >= CALENDAR_ROLES.indexOf(other);
}
