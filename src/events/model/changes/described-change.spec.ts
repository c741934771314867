import { describe, expect, test } from '@jest/globals';
import { attendeeRecord, dailyRecord, overrideRecord } from '../../../../test/support/core/event-records.js';
import type { EventRecord, GuestAnswerRecord, GuestRecord, OccurrenceAnswerRecord } from '../event-record.js';
import { type DescribedChange, describeChange } from './described-change.js';

const [FIRST, SECOND] = ['2026-01-05T09:00:00', '2026-01-06T09:00:00'];

const ORGANIZER = attendeeRecord(1, { inviteId: null, status: 'organizer' });
const BOB = attendeeRecord(2, { status: 'needs_action' });
const EVE = attendeeRecord(3, { status: 'declined', occurrencesStatus: 'needs_action' });

const ZOE: GuestRecord = {
  inviteId: 9,
  email: 'zoe@example.net',
  name: null,
  address: 'zoe@example.net',
  status: 'needs_action',
  role: 'required',
  importedAs: null,
  occurrencesStatus: null,
  comment: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

const event = (fields: Partial<EventRecord> = {}): EventRecord =>
  dailyRecord({ attendees: [ORGANIZER, BOB, EVE], guests: [ZOE], ...fields });

const answer = (userId: number, fields: Partial<OccurrenceAnswerRecord> = {}): OccurrenceAnswerRecord => ({
  userId,
  originalStart: FIRST,
  status: 'accepted',
  removed: false,
  comment: null,
  ...fields,
});

const guestAnswer: GuestAnswerRecord = {
  inviteId: 9,
  originalStart: SECOND,
  status: 'accepted',
  removed: false,
  comment: null,
};

const updated = (originalStart: string | null = null): DescribedChange => ({
  action: 'updated',
  originalStart,
  answeredAttendee: null,
});

const answered = (
  userId: number | null,
  inviteId: number | null,
  originalStart: string | null = null,
): DescribedChange => ({ action: 'answered', originalStart, answeredAttendee: { userId, inviteId } });

describe('a change', () => {
  test('created the event, or deleted it', () => {
    expect(describeChange(null, event()).action).toBe('created');
    expect(describeChange(event(), null).action).toBe('deleted');
  });

  test.each<[string, Partial<EventRecord>, Partial<EventRecord>, DescribedChange]>([
    ['of the title', {}, { title: 'Other' }, updated()],
    ['of the zone', {}, { timeZone: 'Europe/Rome' }, updated()],
    ['of nothing that is shown', {}, { version: 2 }, updated()],
    ['that deletes an occurrence', {}, { exdates: [FIRST] }, updated(FIRST)],
    ['that deletes two occurrences', {}, { exdates: [FIRST, SECOND] }, updated()],
    [
      'that deletes an occurrence with an override',
      { overrides: [overrideRecord(FIRST, { title: 'Once' })] },
      { exdates: [FIRST] },
      updated(FIRST),
    ],
    ['of an occurrence', {}, { overrides: [overrideRecord(FIRST, { title: 'Once' })] }, updated(FIRST)],
    [
      'of two occurrences',
      { overrides: [overrideRecord(FIRST, {})] },
      { overrides: [overrideRecord(SECOND, {})] },
      updated(),
    ],
    ['that adds an attendee', { attendees: [ORGANIZER] }, {}, updated()],
    [
      'that invites an attendee to an occurrence',
      { attendees: [ORGANIZER, BOB] },
      { answers: [answer(3, { status: 'needs_action' })] },
      updated(FIRST),
    ],
    [
      'that removes an attendee from an occurrence',
      {},
      { answers: [answer(2, { removed: true })] },
      updated(FIRST),
    ],
    [
      'of the role of an attendee',
      {},
      { attendees: [ORGANIZER, { ...BOB, role: 'optional' }, EVE] },
      updated(),
    ],
    [
      'of the calendar of an attendee',
      {},
      { attendees: [ORGANIZER, { ...BOB, calendarId: 77 }, EVE] },
      updated(),
    ],
    [
      'that opens an invitation again',
      { attendees: [ORGANIZER, { ...BOB, status: 'accepted' }, EVE] },
      {},
      updated(),
    ],
    [
      'by an answer',
      {},
      { attendees: [ORGANIZER, { ...BOB, status: 'accepted' }, EVE] },
      answered(2, BOB.inviteId),
    ],
    [
      'of a comment',
      { attendees: [ORGANIZER, { ...BOB, status: 'accepted' }, EVE] },
      { attendees: [ORGANIZER, { ...BOB, status: 'accepted', comment: 'Late.' }, EVE] },
      answered(2, BOB.inviteId),
    ],
    ['by an answer to an occurrence', {}, { answers: [answer(2)] }, answered(2, BOB.inviteId, FIRST)],
    [
      'by an answer of an attendee of single occurrences',
      { answers: [answer(3, { status: 'needs_action' })] },
      { answers: [answer(3)], attendees: [ORGANIZER, BOB, { ...EVE, occurrencesStatus: 'accepted' }] },
      answered(3, EVE.inviteId, FIRST),
    ],
    ['by an answer for a guest', {}, { guests: [{ ...ZOE, status: 'declined' }] }, answered(null, 9)],
    [
      'by an answer for a guest to an occurrence',
      {},
      { guestAnswers: [guestAnswer] },
      answered(null, 9, SECOND),
    ],
    [
      'of the answers of two attendees',
      {},
      {
        attendees: [ORGANIZER, { ...BOB, status: 'accepted' }, EVE],
        guests: [{ ...ZOE, status: 'accepted' }],
      },
      updated(),
    ],
    [
      'of a title and an answer',
      {},
      { title: 'Other', attendees: [ORGANIZER, { ...BOB, status: 'accepted' }, EVE] },
      updated(),
    ],
  ])('%s', (_, before, after, expected) => {
    expect(describeChange(event(before), event(after))).toEqual(expected);
  });
});
