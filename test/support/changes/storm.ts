import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ServiceResponse } from '../client/client.js';

const WRITERS = 8;

/** Some of each succeed within seconds. */
const KINDS_OF_CHANGES = [
  'answer',
  'change',
  'change one',
  'create',
  'delete',
  'delete one',
  'hide',
  'invite',
  'move',
  'split',
];

const DAY = 86_400_000;
const FIRST_DAY = Date.parse('2126-01-01T09:00:00Z');

/** The people and calendars that writers change events of. */
export interface StormyWorld {
  /** All of them may double-book, so that no change is refused. */
  readonly users: readonly number[];
  /** Two calendars of the first user. */
  readonly calendars: readonly number[];
}

export interface Storm {
  /** Whether a change of each kind has succeeded. */
  hasAllKinds(): boolean;
  /** Ends the writers after their requests in progress. */
  stop(): Promise<void>;
}

interface Written {
  readonly id: number;
  readonly invites: readonly number[];
  readonly repeats: boolean;
}

/**
 * Starts writers who create, change, answer, split, move and delete events, each one request after the other.
 * @param clientOf the client of a writer's next request, which may reach another instance than the one before
 */
export function startStorm(clientOf: () => Client, world: StormyWorld): Storm {
  const stopping = new AbortController();
  const done: Record<string, number> = {};
  const events: Written[] = [];
  const writers = Array.from({ length: WRITERS }, async () => {
    while (!stopping.signal.aborted) {
      const [kind, request] = nextRequest(clientOf(), world, events);
      // An instance may be killed during the request, and another writer may have deleted the event.
      const response = await request.catch(() => null);
      if (response === null) await sleep(50);
      else if (response.status < 300) done[kind] = (done[kind] ?? 0) + 1;
      else if (![404, 409, 503].includes(response.status) && !isNoOccurrence(response))
        throw new Error(`${kind}: ${response.status} ${JSON.stringify(response.body)}`);
    }
  });
  return {
    hasAllKinds: () => KINDS_OF_CHANGES.every((kind) => kind in done),
    stop: async () => {
      stopping.abort();
      await Promise.all(writers);
    },
  };
}

/** A split may have cut the occurrence off. */
function isNoOccurrence({ status, body }: ServiceResponse): boolean {
  return status === 400 && JSON.stringify(body).includes('original_start');
}

function nextRequest(
  client: Client,
  world: StormyWorld,
  events: Written[],
): [kind: string, Promise<ServiceResponse>] {
  const [owner, ...others] = world.users;
  const event = oneOf(events);
  const dice = Math.random();
  if (!event || dice < 0.2) return ['create', create(client, oneOf(world.users) ?? owner, others, events)];
  const path = `/events/${event.id}`;
  const occurrence = `${path}/occurrences/${startOf(Math.floor(Math.random() * 3))}`;
  const title = `Changed ${Math.random()}`;
  if (dice < 0.35) return ['change', client.send('PATCH', path, { title })];
  if (dice < 0.42) return ['hide', client.send('PATCH', path, { visibility: oneOf(['private', 'public']) })];
  if (dice < 0.48) return ['invite', client.send('PATCH', path, { invited_user_ids: some(others) })];
  if (dice < 0.65 && event.invites.length > 0) {
    const answer = `/event-invites/${oneOf(event.invites)}:${oneOf(['accept', 'decline'])}`;
    const ofOne = event.repeats && Math.random() < 0.5 ? { original_start: startOf(1) } : {};
    return ['answer', client.send('POST', answer, ofOne)];
  }
  if (dice < 0.75)
    return ['move', client.send('PATCH', `/users/${owner}${path}`, { calendar_id: oneOf(world.calendars) })];
  if (dice < 0.9 && event.repeats) {
    if (dice < 0.8) return ['split', client.send('PATCH', `${occurrence}?scope=following`, { title })];
    return ['change one', client.send('PATCH', occurrence, { title })];
  }
  if (dice < 0.95 && event.repeats) return ['delete one', client.send('DELETE', occurrence)];
  return ['delete', client.send('DELETE', path)];
}

async function create(
  client: Client,
  organizer: number,
  others: readonly number[],
  events: Written[],
): Promise<ServiceResponse> {
  const repeats = Math.random() < 0.5;
  const response = await client.send('POST', '/events', {
    title: 'New',
    organizer_user_id: organizer,
    invited_user_ids: some(others).filter((id) => id !== organizer),
    start_date: new Date(FIRST_DAY).toISOString(),
    duration: 3_600,
    visibility: oneOf(['private', 'public']),
    ...(repeats && { repeat: { frequency: 'daily', count: 5 } }),
  });
  const { id, attendees = [] } = response.body as unknown as {
    id: number;
    attendees?: { invite_id: number | null }[];
  };
  if (response.status < 300)
    events.push({ id, repeats, invites: attendees.flatMap(({ invite_id }) => invite_id ?? []) });
  return response;
}

/** The start of an occurrence, which is the same of all events. */
function startOf(day: number): string {
  return new Date(FIRST_DAY + day * DAY).toISOString().replace('.000', '');
}

function oneOf<T>(values: readonly T[]): T | undefined {
  return values[Math.floor(Math.random() * values.length)];
}

function some<T>(values: readonly T[]): T[] {
  return values.filter(() => Math.random() < 0.5);
}
