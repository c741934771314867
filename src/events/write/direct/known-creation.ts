import type { Actor } from '../../../access/actor.js';
import { mayActFor } from '../../../access/decision.js';
import { DomainError } from '../../../errors/domain-error.js';
import type { CachedOwner } from '../../../scheduling/cache/calendar-entry-reader.js';
import type { KnownCalendars } from '../../../scheduling/cache/known-calendars.js';
import { isInDatabase } from '../../../scheduling/cache/versions.js';
import type { Reminder } from '../../../users/model/reminder.js';
import { isResource } from '../../../users/model/user-record.js';
import type { NewSeries } from '../../model/commands.js';
import type { Visibility } from '../../model/event-words.js';
import type { KnownEvent } from '../../store/direct/known-event.js';
import { newSeriesRecords } from '../new-series-records.js';

/** Whether a creation needs nothing but its users' own rows. */
export function isPlain(series: NewSeries): boolean {
  const { attendees, guests, overrides, answers, calendarId, externalId, status, imported } = series;
  return (
    imported === undefined &&
    calendarId === undefined &&
    externalId === null &&
    status === 'confirmed' &&
    guests.length + overrides.length + answers.length === 0 &&
    attendees.every(({ isRoom }) => !isRoom)
  );
}

export function usersOf({ organizerId, attendees }: NewSeries): number[] {
  return [...new Set([organizerId, ...attendees.map(({ userId }) => userId)])];
}

/**
 * The rows of a creation, by what the process knows of its users; null: the general path decides, which also makes each refusal,
 * since what is known may be old.
 */
export function knownEvent(
  series: NewSeries,
  calendars: KnownCalendars,
  actor: Actor,
  defaultVisibility: Visibility,
): Omit<KnownEvent, 'reminders'> | null {
  const owners = new Map(calendars.owners.map((owner) => [owner.id, owner]));
  const organizer = owners.get(series.organizerId);
  if (organizer === undefined || mayActFor(actor, organizer) !== 'allow') return null;
  const isKnown = calendars.owners.every((owner) => !isResource(owner) && owner.primary !== null);
  if (!isKnown || !calendars.versions.every(isInDatabase)) return null;
  try {
    const { timeZone } = organizer;
    const { event, attendees } = newSeriesRecords(series, { timeZone, visibility: defaultVisibility });
    // Requests of no user are exempt from the limit of invitations.
    return { event, attendees, owners, isLimited: actor.kind === 'user' && attendees.length > 0 };
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** The reminders that attendees have of a new event: those of the primary calendar, else those of the user. Without users who have none. */
export function remindersOf(
  owners: ReadonlyMap<number, CachedOwner>,
): ReadonlyMap<number, readonly Reminder[]> {
  const found = new Map<number, readonly Reminder[]>();
  for (const [id, { primary, defaultReminders }] of owners) {
    const reminders = primary?.defaultReminders ?? defaultReminders;
    if (reminders.length > 0) found.set(id, reminders);
  }
  return found;
}
