import { test } from '@jest/globals';
import * as fc from 'fast-check';
import { type CalendarAccess, visiblePart } from '../../src/calendars/model/grants/calendar-access.js';
import { CALENDAR_ROLES } from '../../src/calendars/model/grants/calendar-role.js';
import {
  type HistoricChange,
  type HistoricEntry,
  type HistoricEvent,
  wasInList,
} from '../../src/events/model/changes/entry-history.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

const USERS = [1, 2, 3];
const CALENDARS = [10, 20, 30];

const entry = fc.record({
  userId: fc.constantFrom(...USERS),
  calendarId: fc.constantFrom(...CALENDARS, null),
});

const event: fc.Arbitrary<HistoricEvent> = fc
  .record({
    isPrivate: fc.boolean(),
    organizerId: fc.constantFrom(...USERS),
    entries: fc.uniqueArray(entry, { selector: ({ userId }) => userId }),
  })
  .map((found) => {
    const organizer: HistoricEntry = { userId: found.organizerId, calendarId: 10 };
    const isThere = found.entries.some(({ userId }) => userId === found.organizerId);
    return isThere ? found : Object.assign(found, { entries: [...found.entries, organizer] });
  });

const access = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...CALENDARS),
    role: fc.constantFrom(...CALENDAR_ROLES),
    seesPrivate: fc.boolean(),
  }),
  { selector: ({ id }) => id },
);

function entryIn(state: HistoricEvent | null, id: number): HistoricEntry | undefined {
  return state?.entries.find(({ userId }) => userId === id);
}

/** What the triggers log of a step from one state to the next. */
function logged(was: HistoricEvent | null, now: HistoricEvent | null): HistoricChange {
  if (was === null) return { kind: 'created', isPrivate: null, organizerId: null, entries: [] };
  const changed = USERS.filter((id) => entryIn(was, id)?.calendarId !== entryIn(now, id)?.calendarId);
  return {
    kind: now === null ? 'deleted' : 'updated',
    isPrivate: was.isPrivate === now?.isPrivate ? null : was.isPrivate,
    organizerId: was.organizerId === now?.organizerId ? null : was.organizerId,
    entries: changed.map((id) => {
      const before = entryIn(was, id);
      return { userId: id, calendarId: before?.calendarId ?? null, wasThere: before !== undefined };
    }),
  };
}

test('the log tells of every instant at which a list had an event in full', () => {
  fc.assert(
    fc.property(
      fc.option(event),
      fc.array(event, { maxLength: 5 }),
      fc.boolean(),
      access,
      fc.record({ userId: fc.constantFrom(...USERS), calendarId: fc.constantFrom(...CALENDARS, null) }),
      fc.constantFrom(...USERS, null),
      (first, later, isDeleted, grants, list, viewerId) => {
        const states = [
          first,
          ...later,
          ...(isDeleted && (first !== null || later.length > 0) ? [null] : []),
        ];
        const accessTo = (id: number | null): CalendarAccess =>
          grants.find((grant) => grant.id === id) ?? { role: 'none', seesPrivate: false };
        const sees = (state: HistoricEvent | null): boolean => {
          const own = state?.entries.find(({ userId }) => userId === list.userId);
          if (!state || !own || (list.calendarId !== null && own.calendarId !== list.calendarId))
            return false;
          const organizer = state.entries.find(({ userId }) => userId === state.organizerId);
          const through = [organizer?.calendarId ?? null, own.calendarId].map(accessTo);
          const attends = state.entries.some(({ userId }) => userId === viewerId);
          return visiblePart({ attends, isPrivate: state.isPrivate }, through) === 'full';
        };
        const changes = states.slice(1).map((state, index) => logged(states[index], state));
        const history = { id: 1, present: states.at(-1) ?? null, changes: changes.toReversed() };
        return wasInList(history, list, { userId: viewerId, accessTo }) === states.some(sees);
      },
    ),
    { seed: printedSeed('history of entries'), numRuns: PROPERTY_RUNS },
  );
});
