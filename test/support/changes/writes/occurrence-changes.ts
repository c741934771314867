import type { Event, EventPatch, Occurrence } from '../../../../clients/typescript/src/schema.js';
import { callerFor } from './creations.js';
import { instantText, startsOf } from './known-events.js';
import { changedBlindly, type Draft, type Write, type WriteOperation } from './write.js';

const HOUR_MS = 3_600_000;

export const OCCURRENCE_CHANGES: Readonly<Record<string, WriteOperation>> = {
  'rename an occurrence': (draft) => ofSeries(draft, 0, (event, start) => changeOne(draft, event, start, {})),
  'move an occurrence': (draft) =>
    ofSeries(draft, 0, (event, start) =>
      changeOne(draft, event, start, {
        start_date: instantText(Date.parse(start) + draft.random.between(1, 20) * HOUR_MS),
      }),
    ),
  'delete an occurrence': (draft) =>
    ofSeries(draft, 0, (event, start) => remove(draft, event, start, 'this')),
  'split a series': (draft) => ofSeries(draft, 1, (event, start) => split(draft, event, start)),
  'end a series': (draft) => ofSeries(draft, 2, (event, start) => remove(draft, event, start, 'following')),
};

/** A change of an occurrence of a known series, not of the first ones. */
function ofSeries(
  { known, random }: Draft,
  after: number,
  change: (event: Event, start: string) => Write,
): Write | null {
  const event = known.series(random);
  const starts = event ? startsOf(event).slice(after) : [];
  return event && starts.length > 0 ? change(event, random.one(starts)) : null;
}

function changeOne(draft: Draft, event: Event, start: string, fields: EventPatch): Write {
  return {
    caller: callerFor(draft, event),
    method: 'PATCH',
    path: `/events/${event.id}/occurrences/${start}`,
    body: { ...fields, title: draft.word },
    concerns: [event.id],
    done: () => ({ changes: [changedBlindly(event.id)] }),
  };
}

function split(draft: Draft, event: Event, start: string): Write {
  return {
    caller: callerFor(draft, event),
    method: 'PATCH',
    path: `/events/${event.id}/occurrences/${start}?scope=following`,
    body: { title: draft.word },
    concerns: [event.id],
    done: (body) => {
      const { event_id: later } = body as Occurrence;
      const ids = [...new Set([event.id, later])];
      return { changes: ids.map((id) => changedBlindly(id)), unread: ids };
    },
  };
}

function remove(draft: Draft, event: Event, start: string, scope: 'this' | 'following'): Write {
  return {
    caller: callerFor(draft, event),
    method: 'DELETE',
    path: `/events/${event.id}/occurrences/${start}?scope=${scope}`,
    concerns: [event.id],
    // The occurrence may have been deleted before.
    done: () => ({ changes: [changedBlindly(event.id, scope === 'following')] }),
  };
}
