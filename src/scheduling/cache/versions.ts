import type { CachedCalendar } from './cached-calendar.js';
import type { CalendarVersions } from './calendar-entry-reader.js';

/** The versions of the calendars of a user who has no row in the database. */
export function firstVersions(userId: number): CalendarVersions {
  return { userId, life: '', entries: 0, settings: 0 };
}

/** Whether the versions are from a row of the database. */
export function isInDatabase({ life }: CalendarVersions): boolean {
  return life !== '';
}

/** Whether the cache must load a calendar again, since no replacement of single events brings it up to date. */
export function isOutdated({ known: { versions } }: CachedCalendar, needed: CalendarVersions): boolean {
  return versions.life !== needed.life || versions.settings < needed.settings;
}

/** Whether the cache has entries of a calendar that are newer than those of a snapshot. */
export function isAhead(
  { known: { versions } }: CachedCalendar,
  { life, entries }: CalendarVersions,
): boolean {
  return versions.life === life && versions.entries > entries;
}

export function isSame(one: CalendarVersions, other: CalendarVersions): boolean {
  return one.life === other.life && one.entries === other.entries && one.settings === other.settings;
}
