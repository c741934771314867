import { describe, expect, test } from '@jest/globals';
import {
  attendeeRecord,
  dailyRecord,
  eventRecord,
  overrideRecord,
  toldInstant,
} from '../../../../test/support/core/event-records.js';
import { MAX_OCCURRENCES } from '../../../calendar/recurrence/series/recurrence-set.js';
import { CompiledSeries } from '../../../scheduling/occurrences/compiled-series.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import type { EventRecord } from '../../model/event-record.js';
import type { AnswerStatus, InviteStatus } from '../../model/event-words.js';
import { MAX_DECLINED_OCCURRENCES, type OccurrencesShown, ShownInWindow } from './occurrences-shown.js';

const USER = 2;
const WEEK = { start: Date.UTC(2026, 0, 5), end: Date.UTC(2026, 0, 9) };
const ALL = ['2026-01-05 09:00', '2026-01-06 09:00', '2026-01-07 09:00', '2026-01-08 09:00'];
const shown = new ShownInWindow(USER, WEEK, new OccurrencesService(new CompiledSeries()));

/** A daily event that the user has answered so, and single days of it otherwise. */
function daily(
  status: InviteStatus,
  answers: Record<number, AnswerStatus> = {},
  fields: Partial<EventRecord> = {},
) {
  return dailyRecord({
    attendees: [attendeeRecord(1, { status: 'organizer' }), attendeeRecord(USER, { status })],
    answers: Object.entries(answers).map(([day, answer]) => ({
      userId: USER,
      originalStart: `2026-01-0${day}T09:00:00`,
      status: answer,
      removed: false,
      comment: null,
    })),
    ...fields,
  });
}

function told(occurrences: OccurrencesShown | null, from = -Infinity): string[] | null {
  return occurrences && Array.from(occurrences.read(from), ({ start }) => toldInstant(start));
}

describe('the occurrences that a list shows with the details', () => {
  test.each<[string, EventRecord, string[], Partial<OccurrencesShown>]>([
    ['accepted', daily('accepted'), ALL, { partial: false, max: MAX_OCCURRENCES }],
    ['accepted but one', daily('accepted', { 6: 'declined' }), ALL, { partial: false }],
    ['declined', daily('declined'), ALL, { partial: false, max: MAX_DECLINED_OCCURRENCES }],
    [
      'declined but two',
      daily('declined', { 7: 'accepted', 5: 'tentative' }),
      [ALL[0], ALL[2]],
      { partial: true },
    ],
    ['declined, and once more', daily('declined', { 7: 'declined' }), ALL, { max: MAX_DECLINED_OCCURRENCES }],
  ])('of a series that was %s', (_, event, expected, fields) => {
    const occurrences = shown.inFull(event, false);
    expect(told(occurrences)).toEqual(expected);
    expect(occurrences).toMatchObject(fields);
  });

  test('are the cancelled ones too, if the reader asks for them', () => {
    const overrides = [overrideRecord('2026-01-06T09:00:00', { cancelled: true })];
    expect(told(shown.inFull(daily('accepted', {}, { overrides }), false))).toEqual(ALL.toSpliced(1, 1));
    expect(told(shown.inFull(daily('accepted', {}, { overrides }), true))).toEqual(ALL);
  });

  test('are read from an instant on', () => {
    expect(told(shown.inFull(daily('accepted'), false), Date.UTC(2026, 0, 7))).toEqual(ALL.slice(2));
    expect(
      told(shown.inFull(daily('declined', { 5: 'accepted', 7: 'accepted' }), false), Date.UTC(2026, 0, 6)),
    ).toEqual([ALL[2]]);
  });

  test.each([
    [0, ALL[0]],
    [3, ALL[3]],
    [4, undefined],
  ])('have the one after %s others', (count, expected) => {
    const occurrence = shown.inFull(daily('accepted'), false).after(count);
    expect(occurrence && toldInstant(occurrence.start)).toBe(expected ?? null);
  });
});

describe('the occurrences that a list shows without the details', () => {
  test.each<[string, EventRecord, string[] | null]>([
    ['accepted', daily('accepted'), ALL],
    ['accepted but one', daily('accepted', { 6: 'declined' }), ALL.toSpliced(1, 1)],
    ['declined', daily('declined'), null],
    ['declined but one', daily('declined', { 6: 'accepted' }), [ALL[1]]],
    [
      'declined but one, which was cancelled',
      daily(
        'declined',
        { 6: 'accepted' },
        {
          overrides: [overrideRecord('2026-01-06T09:00:00', { cancelled: true })],
        },
      ),
      [],
    ],
    ['declined but one outside of the window', daily('declined', { 9: 'accepted' }), []],
    ['cancelled', daily('accepted', {}, { status: 'cancelled' }), null],
  ])('of a series that was %s', (_, event, expected) => {
    expect(told(shown.redacted(event))).toEqual(expected);
  });

  test('count the declined ones as not there', () => {
    const occurrence = shown.redacted(daily('accepted', { 6: 'declined' }))?.after(1);
    expect(occurrence && toldInstant(occurrence.start)).toBe(ALL[2]);
  });

  test('are the time of an event that does not repeat', () => {
    expect(told(shown.redacted(eventRecord()))).toEqual([ALL[0]]);
  });
});
