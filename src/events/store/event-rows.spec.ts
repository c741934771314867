import { describe, expect, test } from '@jest/globals';
import { attendeeRecord, eventRecord, overrideRecord } from '../../../test/support/core/event-records.js';
import { type EventRows, eventRecordsOf, selectEventRows } from './event-rows.js';

const TIME = '2026-01-01T00:00:00+00:00';

/** The rows of events with these ids, as PostgreSQL gives them. */
function rows(ids: readonly number[], fields: Partial<EventRows> = {}): EventRows {
  const { attendees: _, overrides: __, answers: ___, length: ____, rule: _____, ...columns } = eventRecord();
  const row = { ...columns, duration: 3_600, zeroLength: false, rule: 'FREQ=DAILY' };
  const inJson = { startAt: '2026-01-05T09:00:00+00:00', endAt: null, createdAt: TIME, updatedAt: TIME };
  return {
    events: ids.map((id) => ({ ...row, ...inJson, id, attendeeCount: null })),
    attendees: [],
    users: [],
    overrides: [],
    answers: [],
    guests: [],
    guestAnswers: [],
    ...fields,
  };
}

function attendeeRow(eventId: number, userId: number): EventRows['attendees'][number] {
  const { calendarId, inviteId, status, role, occurrencesStatus, comment, createdAt, updatedAt } =
    attendeeRecord(userId);
  return {
    eventId,
    userId,
    calendarId,
    inviteId,
    status,
    role,
    occurrencesStatus,
    comment,
    createdAt,
    updatedAt,
  };
}

function userRow(id: number): EventRows['users'][number] {
  const {
    protected: isProtected,
    name,
    email,
    timeZone,
    kind,
    userCreatedAt,
    userUpdatedAt,
  } = attendeeRecord(id);
  return { id, protected: isProtected, name, email, timeZone, kind, userCreatedAt, userUpdatedAt };
}

describe('rows of events', () => {
  test('become records with instants', () => {
    const [event] = eventRecordsOf(rows([7]));
    expect(event).toMatchObject({ id: 7, startAt: new Date('2026-01-05T09:00:00Z'), endAt: null });
    expect(event.attendeeCount).toBeUndefined();
    expect(event.createdAt).toEqual(new Date(TIME));
  });

  test('give lengths a unit, and rules with their text', () => {
    const {
      events: [timed],
    } = rows([1]);
    const allDay = { ...timed, id: 2, allDay: true, duration: 1, rule: null };
    const [first, second] = eventRecordsOf(rows([1, 2], { events: [timed, allDay] }));
    expect([first.length, first.rule?.text]).toEqual([{ seconds: 3_600 }, 'FREQ=DAILY']);
    expect([second.length, second.rule]).toEqual([{ days: 1 }, null]);
  });

  test('give each event its own attendees, in their order, and each attendee the columns of the user', () => {
    const [first, second] = eventRecordsOf(
      rows([1, 2], {
        attendees: [attendeeRow(1, 4), attendeeRow(2, 4), attendeeRow(1, 3)],
        users: [userRow(3), userRow(4)],
      }),
    );
    expect(first.attendees).toEqual([attendeeRecord(4), attendeeRecord(3)]);
    expect(second.attendees).toEqual([attendeeRecord(4)]);
  });

  test('give each event its own overrides and answers', () => {
    const { length: _, ...columns } = overrideRecord('2026-01-05T09:00:00', { title: 'Moved' });
    const override = { eventId: 2, ...columns, duration: 60, zeroLength: false };
    const answer = {
      eventId: 1,
      userId: 3,
      originalStart: '2026-01-05T09:00:00',
      status: 'declined' as const,
      removed: false,
      comment: null,
    };
    const [first, second] = eventRecordsOf(rows([1, 2], { overrides: [override], answers: [answer] }));
    expect([first.overrides, first.answers]).toEqual([[], [answer]]);
    expect([second.overrides, second.answers]).toEqual([[{ ...override, length: { seconds: 60 } }], []]);
  });

  test('keep the number of attendees where not all were read', () => {
    const { events } = rows([1]);
    expect(
      eventRecordsOf(rows([1], { events: [{ ...events[0], attendeeCount: 900 }] }))[0].attendeeCount,
    ).toBe(900);
  });
});

test.each([
  ['all, if the selection does not name them', {}, true],
  ['none, if the selection has no guests', { guests: null }, false],
  ['none, if the selection leaves them out', { guestAnswers: null }, false],
])('the query reads of the answers of guests %s', (_, selection, expected) => {
  const none = { events: '', attendees: '', overrides: '', answers: '' };
  expect(selectEventRows({ ...none, ...selection }).includes('guest_answers')).toBe(expected);
});
