import { expect } from '@jest/globals';
import type { Event, Occurrence } from '../../../clients/typescript/src/schema.js';
import type { Client } from '../client/client.js';
import type { SyncedElement } from '../client/incremental-list.js';
import { query } from '../database/data-directory.js';
import type { ListMirror, MirroredList } from './list-mirror.js';

/** A window with all occurrences that the writers make. */
const WINDOW = 'from=2126-01-01T00:00:00Z&to=2126-12-01T00:00:00Z&show_cancelled=true&limit=200';

/** The events that are read at a time. */
const AT_ONCE = 8;

/** An occurrence as both the list and the other path have it. */
type ToldOccurrence = Pick<
  Occurrence,
  'original_start' | 'status' | 'start' | 'end' | 'title' | 'answers'
> & {
  readonly description: string | null;
  readonly location: string | null;
};

/** An event with all its occurrences. */
interface ReadEvent {
  readonly event: Event;
  readonly occurrences: readonly ToldOccurrence[];
}

/**
 * Expects that mirrors of one list have its events, as the viewer reads each one by its id. The database names the events
 * of the list.
 */
export async function expectFullRead(
  list: MirroredList,
  mirrors: readonly ListMirror[],
  databaseUrl: string,
): Promise<void> {
  const read = await readByIds(list, databaseUrl);
  for (const { events } of mirrors) {
    expect([list.name, ...events.map(({ id }) => id)]).toEqual([
      list.name,
      ...read.map(({ event }) => event.id),
    ]);
    for (const [index, event] of events.entries()) expectSame(event, read[index]);
  }
}

function expectSame(mirrored: SyncedElement, { event, occurrences }: ReadEvent): void {
  const { overrides: _, ...fields } = mirrored;
  expect(fields).toEqual(event);
  const byStart = new Map(occurrences.map((occurrence) => [occurrence.original_start, occurrence]));
  const overrides = overriddenOf(mirrored);
  for (const override of overrides) expect(override).toEqual(byStart.get(override.original_start));
  for (const { original_start: start } of overrides) byStart.delete(start);
  for (const occurrence of byStart.values()) expect(occurrence).toMatchObject(asInEvent(event, occurrence));
}

async function readByIds(list: MirroredList, databaseUrl: string): Promise<ReadEvent[]> {
  const ids = await idsOf(list, databaseUrl);
  const events: ReadEvent[] = [];
  while (ids.length > 0) {
    const read = ids.splice(0, AT_ONCE).map(async (id) => readById(list.viewer, id));
    events.push(...(await Promise.all(read)).flat());
  }
  return events;
}

/** @returns nothing if the viewer does not see the event in full */
async function readById(viewer: Client, id: number): Promise<ReadEvent[]> {
  const { status, body } = await viewer.get(`/events/${id}`);
  if (status === 404 || (status === 200 && body.redacted)) return [];
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
  const listed = await viewer.get(`/events/${id}/occurrences?${WINDOW}`);
  if (listed.status !== 200) throw new Error(`${listed.status}: ${JSON.stringify(listed.body)}`);
  const occurrences = (listed.body as Occurrence[]).map(toldOccurrence);
  return [{ event: body as Event, occurrences }];
}

async function idsOf({ userId, calendarId }: MirroredList, databaseUrl: string): Promise<number[]> {
  const entries = calendarId === null ? `user_id = ${userId}` : `calendar_id = ${calendarId}`;
  const rows = await query<{ id: number }>(
    databaseUrl,
    userId === null
      ? 'SELECT id FROM events ORDER BY id'
      : `SELECT event_id AS id FROM attendees WHERE ${entries} ORDER BY event_id`,
  );
  return rows.map(({ id }) => id);
}

function overriddenOf({ overrides }: SyncedElement): ToldOccurrence[] {
  return overrides.map((override) => toldOccurrence(override as unknown as Occurrence));
}

function toldOccurrence({
  original_start,
  status,
  start,
  end,
  title,
  description,
  location,
  answers,
}: Occurrence) {
  return { original_start, status, start, end, title, description, location, answers };
}

/** What an occurrence without an override and without an answer must have. */
function asInEvent(event: Event, { original_start: start }: ToldOccurrence): Partial<ToldOccurrence> {
  const { status, title, description, location } = event;
  return { status, title, description, location, start, answers: [] };
}
