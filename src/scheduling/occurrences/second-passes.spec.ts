import { describe, expect, test } from '@jest/globals';
import { parseRecurrenceRule } from '../../calendar/recurrence/rule/rule-text.js';
import type { Override, SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import { type CivilTime, parseCivilTime, SECOND_PASS } from '../../calendar/time/civil-time.js';
import { civilTimesFrom, originalStartFrom, type SecondPasses, secondPassesOf } from './second-passes.js';

// On this night the clocks of Berlin show the hour from 02:00 to 03:00 twice.
const REPEATED = '2026-10-25T02:30:00';
const PLAIN = '2026-10-26T02:30:00';
const first = parseCivilTime(REPEATED);
const second = first + SECOND_PASS;
const plain = parseCivilTime(PLAIN);

function series(fields: Partial<SeriesDefinition>): SeriesDefinition {
  return {
    allDay: false,
    timeZone: 'Europe/Berlin',
    start: plain,
    length: { seconds: 3600 },
    rule: null,
    rdates: [],
    exdates: [],
    overrides: [],
    ...fields,
  };
}

function moved(originalStart: CivilTime, start: CivilTime): Override {
  return { originalStart, cancelled: false, start };
}

describe('the second passes of a series', () => {
  test.each<[string, Partial<SeriesDefinition>, Partial<SecondPasses> | null]>([
    ['are none without a repeated hour', { rdates: [plain] }, null],
    ['are none in the first pass', { start: first }, null],
    ['are none if the zone repeats no hour then', { start: second, timeZone: 'UTC' }, null],
    ['name the start', { start: second }, { start: true }],
    ['name additional dates', { rdates: [first, second, plain] }, { rdates: [REPEATED] }],
    ['name excluded dates', { exdates: [second] }, { exdates: [REPEATED] }],
    [
      'name the original starts of moved occurrences',
      { overrides: [moved(plain, second)] },
      { moved: [PLAIN] },
    ],
  ])('%s', (_, fields, expected) => {
    const none = { start: false, rdates: [], exdates: [], moved: [] };
    expect(secondPassesOf(series(fields))).toEqual(expected && { ...none, ...expected });
  });
});

describe('stored civil times', () => {
  test.each<[string, string[], string[] | undefined, CivilTime[]]>([
    ['are first passes without others', [REPEATED, PLAIN], undefined, [first, plain]],
    ['are the second passes that are named', [REPEATED, PLAIN], [REPEATED], [second, plain]],
    ['are both passes if they are there twice', [REPEATED, REPEATED], [REPEATED], [second, first]],
  ])('%s', (_, texts, later, expected) => {
    expect(civilTimesFrom(texts, later)).toEqual(expected);
  });
});

describe('the original start that a text names', () => {
  const daily = parseRecurrenceRule('FREQ=DAILY');

  test.each<[string, Pick<SeriesDefinition, 'start' | 'rule' | 'rdates'>, CivilTime]>([
    ['is in the first pass', { start: plain, rule: null, rdates: [first] }, first],
    ['is in the second pass, where the series starts', { start: second, rule: null, rdates: [] }, second],
    [
      'is in the second pass, where an additional date is',
      { start: plain, rule: null, rdates: [second] },
      second,
    ],
    [
      'is in the first pass if both have an occurrence',
      { start: plain, rule: null, rdates: [first, second] },
      first,
    ],
    ['is in the second pass, where a rule starts', { start: second, rule: daily, rdates: [] }, second],
    [
      'is in the first pass, where a rule has an occurrence',
      { start: parseCivilTime('2026-10-24T02:30:00'), rule: daily, rdates: [second] },
      first,
    ],
  ])('%s', (_, dates, expected) => {
    expect(originalStartFrom(REPEATED, dates)).toBe(expected);
  });
});
