import { describe, expect, test } from '@jest/globals';
import { parseCivilTime } from '../../calendar/time/civil-time.js';
import { NO_APPEARANCE } from '../model/appearance/event-appearance.js';
import type { EventPatch, NewEvent } from '../model/commands.js';
import type { CreateEventDto } from './dto/create-event.dto.js';
import type { UpdateEventDto } from './dto/update-event.dto.js';
import { toEventPatch, toNewEvent, toOccurrenceName } from './event-command.mapper.js';

const NINE = { kind: 'civil' as const, civil: parseCivilTime('2026-07-01T09:00:00') };
const DAY = { kind: 'date' as const, civil: parseCivilTime('2026-07-01') };

const MEETING: CreateEventDto = {
  title: 'Planning',
  start_date: '2026-07-01T09:00:00',
  duration: 3_600,
  organizer_user_id: 1,
};

describe('a body that creates an event', () => {
  test('becomes a command with the defaults', () => {
    expect(toNewEvent(MEETING)).toEqual({
      organizerId: 1,
      invitedUserIds: [],
      invitedRoomIds: [],
      title: 'Planning',
      description: null,
      location: null,
      showAs: 'busy',
      ...NO_APPEARANCE,
      externalId: null,
      metadata: {},
      conflictPolicy: 'allow',
      schedule: { allDay: false, start: NINE, endOrLength: { length: { seconds: 3_600 } } },
    } satisfies NewEvent);
  });

  test('of whole days has a length in days and shows as free', () => {
    const input = { ...MEETING, all_day: true, start_date: '2026-07-01', duration: 2 };
    expect(toNewEvent(input)).toMatchObject({
      showAs: 'free',
      schedule: { allDay: true, start: DAY, endOrLength: { length: { days: 2 } } },
    });
  });

  test('keeps what it names', () => {
    const named: Partial<CreateEventDto> = {
      desc: 'Bring a blanket.',
      location: 'The park',
      invited_user_ids: [2, 3],
      visibility: 'private',
      show_as: 'free',
      conflict_policy: 'reject',
      url: 'https://crm.example/42',
      color: '#1A73E8',
      categories: ['review'],
      conference: { phone: '112' },
      external_id: 'case-42',
      metadata: { case_id: '42', none: null },
      time_zone: 'Europe/Berlin',
    };
    expect(toNewEvent({ ...MEETING, ...named })).toMatchObject({
      description: 'Bring a blanket.',
      location: 'The park',
      invitedUserIds: [2, 3],
      visibility: 'private',
      showAs: 'free',
      conflictPolicy: 'reject',
      url: 'https://crm.example/42',
      color: '#1a73e8',
      categories: ['review'],
      conference: { url: null, provider: null, phone: '112', pin: null },
      externalId: 'case-42',
      metadata: { case_id: '42' },
      schedule: { timeZone: 'Europe/Berlin' },
    });
  });
});

describe('a body that changes an event', () => {
  test.each<[UpdateEventDto, EventPatch]>([
    [{ title: 'Review' }, { title: 'Review' }],
    [{ desc: '' }, { description: null }],
    [{ description: null }, { description: null }],
    [{ desc: 'x', description: 'x' }, { description: 'x' }],
    [{ location: '' }, { location: null }],
    [
      { status: 'cancelled', show_as: 'free' },
      { status: 'cancelled', showAs: 'free' },
    ],
    [{ invited_user_ids: [] }, { invitedUserIds: [] }],
    [
      { url: null, color: null, categories: null, conference: null, external_id: null },
      { url: null, color: null, categories: [], conference: null, externalId: null },
    ],
    [{ metadata: { case_id: null } }, { metadata: { case_id: null } }],
    [{ duration: 2 }, { schedule: { endOrLength: { durationInUnitOfEvent: 2 } } }],
    [{ duration: 2, all_day: true }, { schedule: { allDay: true, endOrLength: { length: { days: 2 } } } }],
    [{ end_date: '2026-07-01T09:00:00' }, { schedule: { endOrLength: { end: NINE } } }],
    [{ repeat: null }, { schedule: { repeat: null } }],
    [{ repeat: { rdates: ['2026-07-01'] } }, { schedule: { repeat: { rule: null, rdates: [DAY] } } }],
  ])('%j names %j and nothing else', (input, patch) => {
    expect(toEventPatch(input)).toEqual(patch);
  });

  test.each<[string, UpdateEventDto]>([
    ['desc', { desc: 'a', description: 'b' }],
    ['end_date', { end_date: '2026-07-01T09:00:00', duration: 60 }],
  ])('is refused at %s: %j', (field, input) => {
    expect(() => toEventPatch(input)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    );
  });
});

describe('the original start in a path', () => {
  test('is a time, with the scope of this occurrence by default', () => {
    expect(toOccurrenceName('2026-07-01')).toEqual({ originalStart: DAY, scope: 'this' });
  });

  test('is refused if it is no time', () => {
    expect(() => toOccurrenceName('first')).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'original_start' })] }),
    );
  });
});
