import type { BookedEvents, Event, NewEvent } from '../../../../clients/typescript/src/schema.js';
import type { Client } from '../../client/client.js';
import type { WrittenPerson, WrittenWorld } from '../written-world.js';
import { instantText } from './known-events.js';
import { changedTo, type Draft, type Write, type WriteOperation } from './write.js';

const FIRST_DAY = Date.parse('2126-01-07T00:00:00Z');

const HOUR_MS = 3_600_000;

/** The number of known events above which the writers delete more than they create. */
const MANY_EVENTS = 25;

export const CREATIONS: Readonly<Record<string, WriteOperation>> = {
  'create an event': (draft) => creation(draft, {}),
  'create a series': (draft) =>
    creation(draft, { repeat: { frequency: 'daily', count: draft.random.between(3, 8) } }),
  'create a batch': (draft) => {
    const requests = [1, 2, 3].map((member) => {
      const organizer = draft.random.one(draft.world.people);
      return newEvent({ ...draft, word: `${draft.word} ${member}` }, organizer);
    });
    return draft.known.size > MANY_EVENTS
      ? null
      : {
          caller: draft.world.backend,
          method: 'POST',
          path: '/events:batch-create',
          body: { requests },
          concerns: [],
          done: createdBatch,
        };
  },
  'delete an event': (draft) => {
    const event = draft.known.one(draft.random);
    if (!event) return null;
    return {
      caller: callerFor(draft, event),
      method: 'DELETE',
      path: `/events/${event.id}`,
      concerns: [event.id],
      done: () => deletion([event.id]),
    };
  },
  'delete a batch': ({ known, random, world }) => {
    const ids = known.some(random, Math.max(2, known.size - MANY_EVENTS)).map(({ id }) => id);
    if (ids.length < 2) return null;
    return {
      caller: world.backend,
      method: 'POST',
      path: '/events:batch-delete',
      body: { ids },
      concerns: ids,
      done: () => deletion(ids),
    };
  },
};

function creation(draft: Draft, fields: Partial<NewEvent>): Write | null {
  const organizer = draft.random.one(draft.world.people);
  if (draft.known.size > MANY_EVENTS) return null;
  return {
    caller: draft.random.one(callersOf(draft.world, organizer)),
    method: 'POST',
    path: '/events',
    body: { ...newEvent(draft, organizer), ...fields },
    concerns: [],
    done: (body) => ({ changes: [changedTo(body as Event)], events: [body as Event] }),
  };
}

function newEvent({ calendars, random, world, word }: Draft, organizer: WrittenPerson): NewEvent {
  const others = world.people.filter(({ id }) => id !== organizer.id);
  return {
    title: word,
    description: random.chance(0.5) ? `About ${word}` : undefined,
    organizer_user_id: organizer.id,
    start_date: instantText(FIRST_DAY + random.between(0, 24 * 20) * HOUR_MS),
    duration: random.between(1, 8) * 900,
    visibility: random.chance(0.3) ? 'private' : 'public',
    calendar_id:
      (random.chance(0.5) ? calendars.oneOf(organizer.id, random) : null) ?? random.one(organizer.calendars),
    invited_user_ids: random.some(others, random.between(0, 3)).map(({ id }) => id),
  };
}

function createdBatch(body: unknown) {
  // The key sees every event in full.
  const events = (body as BookedEvents).events as Event[];
  return { changes: events.map((event) => changedTo(event)), events };
}

function deletion(ids: readonly number[]) {
  return { changes: ids.map((eventId) => ({ eventId, version: null, certain: true })), deleted: ids };
}

/** A caller who may change the event: the organizer, the key, or the key as the organizer. */
export function callerFor({ world, random }: Draft, { owner_user_id: organizerId }: Event): Client {
  return random.one(callersOf(world, personOf(world, organizerId)));
}

export function personOf({ people }: WrittenWorld, id: number): WrittenPerson {
  const found = people.find((person) => person.id === id);
  if (!found) throw new Error(`User ${id} is none of the people of the writers.`);
  return found;
}

export function callersOf({ backend }: WrittenWorld, { client, id }: WrittenPerson): Client[] {
  return [client, backend, backend.as(id)];
}
