import type { BookedEvents, Event, EventPatch } from '../../../../clients/typescript/src/schema.js';
import { callerFor, callersOf, personOf } from './creations.js';
import { instantText } from './known-events.js';
import { changedTo, type Draft, type Write, type WriteOperation } from './write.js';

const HOUR_MS = 3_600_000;

export const EVENT_CHANGES: Readonly<Record<string, WriteOperation>> = {
  'rename an event': (draft) => patched(draft, () => ({})),
  'move an event': (draft) =>
    patched(draft, ({ start_date: start }) => ({
      start_date: instantText(Date.parse(start) + draft.random.between(1, 5) * HOUR_MS),
    })),
  'make an event private': (draft) => patched(draft, () => ({ visibility: 'private' })),
  'make an event public': (draft) => patched(draft, () => ({ visibility: 'public' })),
  'cancel or restore an event': (draft) =>
    patched(draft, ({ status }) => ({ status: status === 'cancelled' ? 'confirmed' : 'cancelled' })),
  'replace the attendees': (draft) =>
    patched(draft, ({ organizer_user_id: organizerId }) => ({
      invited_user_ids: draft.random.some(
        draft.world.people.map(({ id }) => id).filter((id) => id !== organizerId),
        draft.random.between(0, 3),
      ),
    })),
  'change a batch': (draft) => {
    const { known, random, word, world } = draft;
    const requests = known.some(random, 4).map(({ id }, member) => ({ id, title: `${word} ${member}` }));
    if (requests.length === 0) return null;
    return {
      caller: world.backend,
      method: 'POST',
      path: '/events:batch-update',
      body: { requests },
      concerns: requests.map(({ id }) => id),
      done: (body) => {
        // The key sees every event in full.
        const events = (body as BookedEvents).events as Event[];
        return { changes: events.map((event) => changedTo(event)), events };
      },
    };
  },
  'hand an event over': ({ known, random, word, world }) => {
    const event = known.one(random);
    if (!event) return null;
    const others = world.people.filter(({ id }) => id !== event.organizer_user_id);
    return patch(event, world.backend, { organizer_user_id: random.one(others).id, title: word });
  },
  'put an event into a calendar': (draft) => {
    const { calendars, known, random, world } = draft;
    const event = known.one(random);
    if (!event) return null;
    const attendees = event.attendees.flatMap(({ user }) => user ?? []);
    const person = personOf(world, random.one(attendees).id);
    return {
      caller: random.one(callersOf(world, person)),
      method: 'PATCH',
      path: `/users/${person.id}/events/${event.id}`,
      body: { calendar_id: calendars.oneOf(person.id, random) ?? random.one(person.calendars) },
      concerns: [event.id],
      // The event may have been in this calendar.
      done: (body) => ({ changes: [changedTo(body as Event, false)], events: [body as Event] }),
    };
  },
};

/** Changes a known event, and always its title. */
function patched(draft: Draft, patchOf: (event: Event) => EventPatch): Write | null {
  const event = draft.known.one(draft.random);
  return event ? patch(event, callerFor(draft, event), { ...patchOf(event), title: draft.word }) : null;
}

function patch({ id }: Event, caller: Write['caller'], body: EventPatch): Write {
  return {
    caller,
    method: 'PATCH',
    path: `/events/${id}`,
    body,
    concerns: [id],
    done: (answer) => ({ changes: [changedTo(answer as Event)], events: [answer as Event] }),
  };
}
