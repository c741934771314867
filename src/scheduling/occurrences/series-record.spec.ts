import { describe, expect, test } from '@jest/globals';
import { eventRecord, overrideRecord } from '../../../test/support/core/event-records.js';
import { formatRecurrenceRule } from '../../calendar/recurrence/rule/rule-text.js';
import { WrittenRule } from '../../calendar/recurrence/written-rule.js';
import {
  type CivilTime,
  formatCivilTime,
  isSecondPass,
  parseCivilTime,
  SECOND_PASS,
} from '../../calendar/time/civil-time.js';
import type { EventRecord } from '../../events/model/event-record.js';
import type { SecondPasses } from './second-passes.js';
import { originalStartOf, repeats, seriesDates, seriesDefinition, seriesStart } from './series-record.js';

/** An event at nine on the first Monday of 2026. */
function series(rrule: string | null, fields: Partial<EventRecord> = {}): EventRecord {
  return eventRecord({ rule: rrule === null ? null : new WrittenRule(rrule), ...fields });
}

// On this night the clocks of Berlin show the hour from 02:00 to 03:00 twice.
const REPEATED = '2026-10-25T02:30:00';
const PLAIN = '2026-10-26T02:30:00';
const IN_BERLIN = { timeZone: 'Europe/Berlin', start: REPEATED };

function passes(fields: Partial<SecondPasses>): SecondPasses {
  return { start: false, rdates: [], exdates: [], moved: [], ...fields };
}

/** `2026-10-25T02:30:00`, with a `+` in the second pass. */
function told(civil: CivilTime): string {
  return formatCivilTime(civil) + (isSecondPass(civil) ? '+' : '');
}

describe('an event repeats', () => {
  test.each<[string, EventRecord, boolean]>([
    ['by a rule', series('FREQ=DAILY'), true],
    ['by an additional date', series(null, { rdates: [PLAIN] }), true],
    ['by no excluded date', series(null, { exdates: [PLAIN] }), false],
  ])('%s', (_, event, expected) => {
    expect(repeats(event)).toBe(expected);
  });
});

describe('the rule of a series', () => {
  test.each<[string, EventRecord, string | null]>([
    ['is none without a rule', series(null, { rdates: [PLAIN] }), null],
    ['is the stored one', series('FREQ=WEEKLY;BYDAY=MO'), 'FREQ=WEEKLY;BYDAY=MO'],
    [
      'keeps an UNTIL in civil time',
      series('FREQ=DAILY;UNTIL=20260110T090000', { timeZone: 'Asia/Tokyo' }),
      'FREQ=DAILY;UNTIL=20260110T090000',
    ],
    [
      'has an UNTIL in UTC in the civil time of the zone',
      series('FREQ=DAILY;UNTIL=20260111T020000Z', { timeZone: 'America/New_York' }),
      'FREQ=DAILY;UNTIL=20260110',
    ],
  ])('%s', (_, event, expected) => {
    const { rule } = seriesDates(event);
    expect(rule && formatRecurrenceRule(rule)).toBe(expected);
  });
});

describe('the dates of a series', () => {
  test.each<[string, SecondPasses | null, string, string[], string[]]>([
    ['are first passes without others', null, REPEATED, [REPEATED, PLAIN], [REPEATED]],
    ['have the pass of the start', passes({ start: true }), `${REPEATED}+`, [REPEATED, PLAIN], [REPEATED]],
    [
      'have the passes of additional dates',
      passes({ rdates: [REPEATED] }),
      REPEATED,
      [`${REPEATED}+`, PLAIN],
      [REPEATED],
    ],
    [
      'have the passes of excluded dates',
      passes({ exdates: [REPEATED] }),
      REPEATED,
      [REPEATED, PLAIN],
      [`${REPEATED}+`],
    ],
  ])('%s', (_, secondPasses, start, rdates, exdates) => {
    const event = series(null, {
      ...IN_BERLIN,
      rdates: [REPEATED, PLAIN],
      exdates: [REPEATED],
      secondPasses,
    });
    const dates = seriesDates(event);
    expect(told(dates.start)).toBe(start);
    expect(told(seriesStart(event))).toBe(start);
    expect(dates.rdates.map(told)).toEqual(rdates);
    expect(dates.exdates.map(told)).toEqual(exdates);
  });
});

describe('the original start of a key', () => {
  test.each<[string, Partial<EventRecord>, string]>([
    ['is the civil time', {}, REPEATED],
    [
      'is in the second pass, where the series starts',
      { secondPasses: passes({ start: true }) },
      `${REPEATED}+`,
    ],
    [
      'is in the first pass, where the other pass has no occurrence',
      { rdates: [PLAIN], secondPasses: passes({ moved: [PLAIN] }) },
      REPEATED,
    ],
  ])('%s', (_, fields, expected) => {
    const event = series(null, { ...IN_BERLIN, ...fields });
    expect(told(originalStartOf(event, REPEATED))).toBe(expected);
    expect(told(originalStartOf(event, REPEATED, seriesDates(event)))).toBe(expected);
  });
});

describe('the definition of a series', () => {
  test('has its times, its length and its dates', () => {
    const event = series('FREQ=DAILY', { rdates: [PLAIN] });
    expect(seriesDefinition(event)).toEqual({
      allDay: false,
      timeZone: 'UTC',
      length: { seconds: 3600 },
      ...seriesDates(event),
      overrides: [],
    });
  });

  test.each<[string, Parameters<typeof overrideRecord>[1], object]>([
    ['that only keeps texts has no times', { title: 'Other' }, { cancelled: false }],
    ['that cancels is cancelled', { cancelled: true }, { cancelled: true }],
    ['that moves has a start', { start: PLAIN }, { cancelled: false, start: parseCivilTime(PLAIN) }],
  ])('has overrides: one %s', (_, fields, expected) => {
    const override = overrideRecord(REPEATED, fields);
    const [found] = seriesDefinition(series('FREQ=DAILY', { overrides: [override] })).overrides;
    expect(found).toEqual({ ...expected, originalStart: parseCivilTime(REPEATED), record: override });
  });

  test('has the pass into which an override moves its occurrence', () => {
    const event = series('FREQ=DAILY', {
      ...IN_BERLIN,
      start: '2026-10-20T09:00:00',
      overrides: [overrideRecord('2026-10-24T09:00:00', { start: REPEATED })],
      secondPasses: passes({ moved: ['2026-10-24T09:00:00'] }),
    });
    const [{ start }] = seriesDefinition(event).overrides;
    expect(start).toBe(parseCivilTime(REPEATED) + SECOND_PASS);
  });
});
