import type { Interval } from '../../../src/calendar/intervals/interval.js';
import type { Override, SeriesDefinition } from '../../../src/calendar/recurrence/series/event-series.js';
import { durationOfLength } from '../../../src/calendar/time/length.js';
import { definitionOf } from '../../../src/events/model/schedule/schedule.js';
import type { Client, ServiceResponse } from '../client/client.js';
import { createdSchedule, creationBody } from '../core/created-schedule.js';
import { type NaiveOccurrence, naiveOccurrences } from '../core/naive-recurrence.js';
import { naiveCivil, naiveInstant } from '../core/naive-zone.js';

/** A series that the service has stored, with the overrides that it has accepted. */
export interface StoredSeries {
  readonly eventId: number;
  readonly series: SeriesDefinition;
}

/** An occurrence as lists show it. */
export interface ListedTimes {
  readonly eventId: number;
  readonly originalStart: string;
  readonly start: string;
  readonly end: string;
}

/** Creates a series, and then its overrides, each through the next client. @returns null: the service refuses the series */
export async function storeSeries(
  nextClient: () => Client,
  organizer: number,
  series: SeriesDefinition,
): Promise<StoredSeries | null> {
  const schedule = createdSchedule(series);
  const response = await nextClient().send('POST', '/events', {
    title: 'Series',
    organizer_user_id: organizer,
    show_as: 'busy',
    ...creationBody(series),
  });
  if (schedule === null || !isAccepted(response)) return null;
  const { id: eventId } = response.body as { id: number };
  const overrides: Override[] = [];
  for (const override of series.overrides)
    if (isAccepted(await sendOverride(nextClient(), eventId, series, override))) overrides.push(override);
  return { eventId, series: { ...definitionOf(schedule), overrides } };
}

async function sendOverride(
  client: Client,
  eventId: number,
  series: SeriesDefinition,
  { originalStart, cancelled, start, length }: Override,
): Promise<ServiceResponse> {
  const instant = (civil: number) => told(series, naiveInstant(series.timeZone, civil));
  const path = `/events/${eventId}/occurrences/${instant(originalStart)}`;
  if (cancelled) return client.send('DELETE', path);
  return client.send('PATCH', path, {
    title: 'Override',
    ...(start !== undefined && { start_date: instant(start) }),
    ...(length !== undefined && { duration: durationOfLength(length) }),
  });
}

/** @throws {Error} if the response is neither a success nor a refusal */
function isAccepted({ status, body }: ServiceResponse): boolean {
  if (status >= 500) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return status < 300;
}

/** The occurrences in a window, by event and start. */
export function expectedTimes(stored: readonly StoredSeries[], { start, end }: Interval): ListedTimes[] {
  return inOrder(
    stored.flatMap(({ eventId, series }) =>
      naiveOccurrences(series, start, end).map((occurrence) => toldTimes(eventId, series, occurrence)),
    ),
  );
}

/** By event, start and original start. */
export function inOrder(times: readonly ListedTimes[]): ListedTimes[] {
  const key = ({ start, originalStart }: ListedTimes) => `${start} ${originalStart}`;
  return times.toSorted((a, b) => a.eventId - b.eventId || (key(a) < key(b) ? -1 : 1));
}

/** The busy time in a window, merged and cut at its borders. */
export function expectedBusy(
  stored: readonly StoredSeries[],
  { start: from, end: to }: Interval,
): Interval[] {
  const busy = stored
    .flatMap(({ series }) => naiveOccurrences(series, from, to))
    .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, to) }))
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start);
  const merged: Interval[] = [];
  for (const { start, end } of busy) {
    const last = merged.at(-1);
    if (last && start <= last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, end) };
    else merged.push({ start, end });
  }
  return merged;
}

function toldTimes(
  eventId: number,
  series: SeriesDefinition,
  { start, end, originalStart }: NaiveOccurrence,
): ListedTimes {
  return {
    eventId,
    originalStart: told(series, originalStart),
    start: told(series, start),
    end: told(series, end),
  };
}

/** An instant as the service shows it: a date if the series is all-day. */
function told({ allDay, timeZone }: SeriesDefinition, instant: number): string {
  if (allDay) return new Date(naiveCivil(timeZone, instant)).toISOString().slice(0, 10);
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
