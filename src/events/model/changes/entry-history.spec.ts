import { describe, expect, test } from '@jest/globals';
import {
  ALL_ACCESS,
  type CalendarAccess,
  NO_ACCESS,
} from '../../../calendars/model/grants/calendar-access.js';
import {
  type EventHistory,
  type HistoricChange,
  type HistoricEvent,
  type ListViewer,
  wasInList,
} from './entry-history.js';

const [OWNER, GUEST, VIEWER] = [1, 2, 3];
const [WORK, HOME, OF_GUEST] = [11, 12, 21];
const READER: CalendarAccess = { role: 'reader', seesPrivate: false };

const LISTS = {
  owner: { userId: OWNER, calendarId: null },
  guest: { userId: GUEST, calendarId: null },
  work: { userId: OWNER, calendarId: WORK },
  tenant: { userId: null, calendarId: null },
};

const VIEWERS: Readonly<Record<string, ListViewer>> = {
  reader: { userId: VIEWER, accessTo: () => READER },
  'reader of work': { userId: VIEWER, accessTo: (id) => (id === WORK ? READER : NO_ACCESS) },
  key: { userId: null, accessTo: () => ALL_ACCESS },
};

/** An event of the owner, in the calendar of work unless it is another one. */
function event({ isPrivate = false, calendar = WORK, others = [] as number[] } = {}): HistoricEvent {
  const entries = others.map((userId) => ({ userId, calendarId: userId === GUEST ? OF_GUEST : null }));
  return { isPrivate, organizerId: OWNER, entries: [{ userId: OWNER, calendarId: calendar }, ...entries] };
}

function change(fields: Partial<HistoricChange> = {}): HistoricChange {
  return { kind: 'updated', isPrivate: null, organizerId: null, entries: [], ...fields };
}

/** The deletion of an event, with all its rows. */
function deletion({ isPrivate, organizerId, entries }: HistoricEvent): HistoricChange {
  return {
    kind: 'deleted',
    isPrivate,
    organizerId,
    entries: entries.map((entry) => ({ ...entry, wasThere: true })),
  };
}

const wasWork = change({ entries: [{ userId: OWNER, calendarId: WORK, wasThere: true }] });
const guestAdded = change({ entries: [{ userId: GUEST, calendarId: null, wasThere: false }] });
const guestRemoved = change({ entries: [{ userId: GUEST, calendarId: OF_GUEST, wasThere: true }] });
const viewerRemoved = change({ entries: [{ userId: VIEWER, calendarId: null, wasThere: true }] });
const wasPublic = change({ isPrivate: false });
const wasPrivate = change({ isPrivate: true });
const created = change({ kind: 'created' });

type Case = [title: string, HistoricEvent | null, HistoricChange[], keyof typeof LISTS, string, boolean];

describe('the list had an event, and its viewer saw it in full, at an instant', () => {
  test.each<Case>([
    ['present', event(), [], 'owner', 'reader', true],
    ['private', event({ isPrivate: true }), [], 'owner', 'reader', false],
    ['private, of a key', event({ isPrivate: true }), [], 'owner', 'key', true],
    ['private, attended', event({ isPrivate: true, others: [VIEWER] }), [], 'owner', 'reader', true],
    ['private, no more attended', event({ isPrivate: true }), [viewerRemoved], 'owner', 'reader', true],
    ['private now', event({ isPrivate: true }), [wasPublic], 'owner', 'reader', true],
    ['private then', event(), [wasPrivate], 'owner', 'reader', true],
    ['private then and now', event({ isPrivate: true }), [wasPublic, wasPrivate], 'owner', 'reader', true],
    ['created private', event({ isPrivate: true }), [created], 'owner', 'reader', false],
    ['deleted', null, [deletion(event())], 'owner', 'reader', true],
    ['deleted, private', null, [deletion(event({ isPrivate: true }))], 'owner', 'reader', false],
    [
      'private, then deleted',
      null,
      [deletion(event({ isPrivate: true })), wasPublic],
      'owner',
      'reader',
      true,
    ],
    ['created and deleted', null, [deletion(event()), created], 'owner', 'reader', true],
    ['of another calendar', event({ calendar: HOME }), [], 'work', 'reader', false],
    ['moved to another calendar', event({ calendar: HOME }), [wasWork], 'work', 'reader', true],
    ['moved out of sight', event({ calendar: HOME }), [wasWork], 'owner', 'reader of work', true],
    ['in a calendar out of sight', event({ calendar: HOME }), [], 'owner', 'reader of work', false],
    ['never in the list', event(), [wasPublic], 'guest', 'reader', false],
    ['invited and removed', event(), [guestRemoved, guestAdded], 'guest', 'reader', true],
    ['removed', event(), [guestRemoved], 'guest', 'reader', true],
    [
      'removed, of calendars of which one is hidden',
      event(),
      [guestRemoved],
      'guest',
      'reader of work',
      false,
    ],
    [
      'removed after it became private',
      event({ isPrivate: true }),
      [guestRemoved, wasPublic],
      'guest',
      'reader',
      true,
    ],
    [
      'invited after it became private',
      event({ isPrivate: true, others: [GUEST] }),
      [guestAdded, wasPublic],
      'guest',
      'reader',
      false,
    ],
    ['deleted, of the tenant', null, [deletion(event())], 'tenant', 'key', true],
  ])('%s', (_, present, changes, list, viewer, expected) => {
    const history: EventHistory = { id: 7, present, changes };
    expect(wasInList(history, LISTS[list], VIEWERS[viewer])).toBe(expected);
  });
});
