import { describe, expect, test } from '@jest/globals';
import { overrideRecord } from '../../../test/support/core/event-records.js';
import { parseCivilTime } from '../../calendar/time/civil-time.js';
import { parseWhen, type When } from '../../calendar/time/when.js';
import type { EventPatch, OccurrencePatch } from './commands.js';
import type { OverrideRecord } from './event-record.js';
import { occurrencePatchOf, overrideOf, withoutPatchedFields } from './occurrence-override.js';

const when = (text: string) => parseWhen(text) as When;

const SERIES = {
  allDay: false,
  timeZone: 'Europe/Berlin',
  endTimeZone: null,
  floating: false,
  length: { seconds: 3_600 },
};
const ORIGINAL_START = '2026-07-01T09:00:00';

const NOTHING = overrideRecord(ORIGINAL_START);

/** The row of an override after a patch. The occurrence starts at nine in Berlin unless an override moved it. */
function patched(patch: OccurrencePatch, before: Partial<OverrideRecord> | null = null): OverrideRecord {
  const override = before && { ...NOTHING, ...before };
  const start = Date.parse(
    override?.start === '2026-07-01T11:00:00' ? '2026-07-01T09:00:00Z' : '2026-07-01T07:00:00Z',
  );
  const occurrence = { start, originalCivilStart: parseCivilTime(ORIGINAL_START), override };
  return overrideOf(SERIES, occurrence, patch).record;
}

describe('the override of an occurrence', () => {
  test.each<[string, OccurrencePatch, Partial<OverrideRecord> | null, Partial<OverrideRecord>]>([
    [
      'has the fields that a patch names',
      { title: 'Retro', showAs: 'free' },
      null,
      { title: 'Retro', showAs: 'free' },
    ],
    [
      'keeps the fields that a patch does not name',
      { title: 'Retro' },
      { location: 'The park' },
      { title: 'Retro', location: 'The park' },
    ],
    [
      'has an empty text where the series has one and the occurrence none',
      { description: null, location: null },
      null,
      { description: '', location: '' },
    ],
    ['moves', { schedule: { start: when('2026-07-01T11:00:00') } }, null, { start: '2026-07-01T11:00:00' }],
    [
      'moves back',
      { schedule: { start: when(ORIGINAL_START) } },
      { start: '2026-07-01T11:00:00' },
      { start: null },
    ],
    [
      'has a length of its own',
      { schedule: { endOrLength: { durationInUnitOfEvent: 60 } } },
      null,
      { length: { seconds: 60 } },
    ],
    [
      'has the length of the series again',
      { schedule: { endOrLength: { durationInUnitOfEvent: 3_600 } } },
      { length: { seconds: 60 } },
      { length: null },
    ],
    [
      'keeps its length if it moves',
      { schedule: { start: when('2026-07-01T11:00:00') } },
      { length: { seconds: 60 } },
      { start: '2026-07-01T11:00:00', length: { seconds: 60 } },
    ],
    [
      'counts an end from its own start',
      { schedule: { endOrLength: { end: when('2026-07-01T11:30:00') } } },
      { start: '2026-07-01T11:00:00' },
      { start: '2026-07-01T11:00:00', length: { seconds: 1_800 } },
    ],
    ['is cancelled', { status: 'cancelled' }, { title: 'Retro' }, { title: 'Retro', cancelled: true }],
    ['is restored', { status: 'confirmed' }, { cancelled: true }, { cancelled: false }],
    ['stays cancelled', { title: 'Retro' }, { cancelled: true }, { title: 'Retro', cancelled: true }],
  ])('%s', (_, patch, before, expected) => {
    expect(patched(patch, before)).toEqual({ ...NOTHING, ...expected });
  });

  test.each<[string, OccurrencePatch]>([
    ['start', { schedule: { start: when('2026-07-01') } }],
    ['end', { schedule: { endOrLength: { end: when('2026-07-01T08:59:59') } } }],
    ['length', { schedule: { endOrLength: { length: { days: 1 } } } }],
  ])('is refused at %s: %j', (field, patch) => {
    expect(() => patched(patch)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    );
  });
});

describe('a patch of one occurrence', () => {
  test.each<[string, EventPatch]>([
    ['repeat', { schedule: { repeat: null } }],
    ['timeZone', { schedule: { timeZone: 'UTC' } }],
    ['allDay', { schedule: { allDay: true } }],
    ['visibility', { visibility: 'private' }],
    ['invitedUsers', { invitedUserIds: [] }],
    ['invitedRooms', { invitedRoomIds: [] }],
  ])('is refused at %s, which the series has', (field, patch) => {
    expect(() => occurrencePatchOf(patch)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    );
  });

  test('has all else', () => {
    const patch: EventPatch = {
      title: 'Retro',
      status: 'confirmed',
      schedule: { endOrLength: { durationInUnitOfEvent: 60 } },
    };
    expect(occurrencePatchOf(patch)).toEqual(patch);
  });

  test('has no conflict policy, which concerns the change and not the occurrence', () => {
    expect(occurrencePatchOf({ title: 'Retro', conflictPolicy: 'reject' })).toEqual({ title: 'Retro' });
  });
});

describe('an override under a patch of it and all later occurrences', () => {
  const FULL: OverrideRecord = {
    originalStart: ORIGINAL_START,
    cancelled: true,
    start: '2026-07-01T11:00:00',
    length: { seconds: 60 },
    title: 'Retro',
    description: 'Bring a blanket.',
    location: 'The park',
    showAs: 'free',
  };

  test.each<[EventPatch, Partial<OverrideRecord>]>([
    [{}, {}],
    [{ title: 'Review' }, { title: null }],
    [{ description: null }, { description: null }],
    [{ location: null }, { location: null }],
    [{ showAs: 'busy' }, { showAs: null }],
    [{ status: 'confirmed' }, { cancelled: false }],
    [{ schedule: { start: when(ORIGINAL_START) } }, { start: null }],
    [{ schedule: { endOrLength: { durationInUnitOfEvent: 1 } } }, { length: null }],
    [{ visibility: 'private', invitedUserIds: [] }, {}],
  ])('%j loses %j', (patch, lost) => {
    expect(withoutPatchedFields(FULL, patch)).toEqual({ ...FULL, ...lost });
  });
});
