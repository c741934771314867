import { describe, expect, test } from '@jest/globals';
import { formatRecurrenceRule, parseRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import { formatCivilTime } from '../../../calendar/time/civil-time.js';
import { parseWhen, type When } from '../../../calendar/time/when.js';
import type { Schedule } from './schedule.js';
import { changedSchedule, newSchedule } from './schedule-change.js';
import type { NamedRule, RepeatCommand, ScheduleCommand } from './schedule-command.js';

const when = (text: string) => parseWhen(text) as When;

function rule(text: string, open: Partial<NamedRule> = {}): NamedRule {
  return { rule: parseRecurrenceRule(text), inMonthOfStart: false, keepsWeekStart: false, ...open };
}

/** A series that starts on Wednesday, July 1st 2026, at nine. */
function series(repeat: RepeatCommand, changes: Partial<ScheduleCommand> = {}): Schedule {
  const start = when('2026-07-01T09:00:00');
  const command = { timeZone: 'Europe/Berlin', start, endOrLength: { length: { seconds: 3_600 } }, repeat };
  return newSchedule({ ...command, ...changes }, 'UTC');
}

function dates(name: string, civils: readonly number[]): string[] {
  return civils.length === 0 ? [] : [`${name} ${civils.map(formatCivilTime).join()}`];
}

/** The start and the recurrence of a schedule: the rule, the RDATEs after R, the EXDATEs after E. */
function textOf({ start, rule: its, rdates, exdates }: Schedule): string {
  const ruleText = its ? [formatRecurrenceRule(its)] : [];
  return [formatCivilTime(start), ...ruleText, ...dates('R', rdates), ...dates('E', exdates)].join(' ');
}

const DAILY = series({
  rule: rule('FREQ=DAILY;COUNT=10'),
  rdates: [when('2026-08-01T12:00:00')],
  exdates: [when('2026-07-03T09:00:00')],
});

describe('a rule that a command names', () => {
  test.each<[string, RepeatCommand, string]>([
    [
      'moves the start to its first occurrence',
      { rule: rule('FREQ=WEEKLY;BYDAY=FR') },
      '2026-07-03T09:00:00 FREQ=WEEKLY;BYDAY=FR',
    ],
    [
      'takes the month of the start',
      { rule: rule('FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=6', { inMonthOfStart: true }) },
      '2026-07-06T09:00:00 FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=6',
    ],
    [
      'has UNTIL as the last day in its zone',
      { rule: rule('FREQ=DAILY;UNTIL=20260705T070000Z') },
      '2026-07-01T09:00:00 FREQ=DAILY;UNTIL=20260705',
    ],
    [
      'has its dates in order, each once',
      {
        rule: rule('FREQ=DAILY'),
        rdates: ['2026-07-01T18:00:00', '2026-07-01T12:00:00', '2026-07-01T12:00:00'].map(when),
      },
      '2026-07-01T09:00:00 FREQ=DAILY R 2026-07-01T12:00:00,2026-07-01T18:00:00',
    ],
    [
      'may be absent beside RDATEs',
      { rule: null, rdates: [when('2026-07-09T09:00:00')] },
      '2026-07-01T09:00:00 R 2026-07-09T09:00:00',
    ],
  ])('%s', (_, repeat, expected) => {
    expect(textOf(series(repeat))).toBe(expected);
  });

  test.each<[string, RepeatCommand, string, string]>([
    ['that never occurs', { rule: rule('FREQ=DAILY;UNTIL=20260630') }, 'no_occurrence', 'repeat'],
    [
      'whose exdates leave nothing',
      { rule: rule('FREQ=DAILY;COUNT=1'), exdates: [when('2026-07-01T09:00:00')] },
      'no_occurrence',
      'repeat',
    ],
    [
      'with an EXDATE of no occurrence',
      { rule: rule('FREQ=DAILY'), exdates: [when('2026-07-01T10:00:00')] },
      'invalid_input',
      'repeat.exdates',
    ],
  ])('is refused if it is one %s', (_, repeat, code, field) => {
    expect(() => series(repeat)).toThrow(
      expect.objectContaining({ code, errors: [expect.objectContaining({ field })] }),
    );
  });
});

describe('a change of a series', () => {
  const before = '2026-07-01T09:00:00 FREQ=DAILY;COUNT=10 R 2026-08-01T12:00:00 E 2026-07-03T09:00:00';

  test.each<[string, ScheduleCommand, string]>([
    ['of its length alone keeps the recurrence', { endOrLength: { durationInUnitOfEvent: 60 } }, before],
    [
      'of the time of day moves the dates along',
      { start: when('2026-07-01T10:00:00') },
      '2026-07-01T10:00:00 FREQ=DAILY;COUNT=10 R 2026-08-01T13:00:00 E 2026-07-03T10:00:00',
    ],
    ['to no recurrence drops all of it', { repeat: null }, '2026-07-01T09:00:00'],
    [
      'by the repeat that it has changes nothing',
      {
        repeat: {
          rule: rule('FREQ=DAILY;COUNT=10'),
          rdates: [when('2026-08-01T10:00:00Z')],
          exdates: [when('2026-07-03T07:00:00Z')],
        },
      },
      before,
    ],
    [
      'by the same dates as civil times changes nothing',
      {
        repeat: {
          rule: rule('FREQ=DAILY;COUNT=10'),
          rdates: [when('2026-08-01T12:00:00')],
          exdates: [when('2026-07-03T09:00:00')],
        },
      },
      before,
    ],
    [
      'to an equal rule, written differently, keeps the dates',
      { repeat: { rule: rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=10') } },
      '2026-07-01T09:00:00 FREQ=WEEKLY;COUNT=10;BYDAY=MO,TU,WE,TH,FR,SA,SU R 2026-08-01T12:00:00 E 2026-07-03T09:00:00',
    ],
    [
      'to another rule ends the RDATEs, and the EXDATEs that it does not yield',
      { repeat: { rule: rule('FREQ=DAILY;INTERVAL=3') } },
      '2026-07-01T09:00:00 FREQ=DAILY;INTERVAL=3',
    ],
    [
      'without an EXDATE brings its occurrence back',
      { repeat: { rule: rule('FREQ=DAILY;COUNT=10'), exdates: [] } },
      '2026-07-01T09:00:00 FREQ=DAILY;COUNT=10 R 2026-08-01T12:00:00',
    ],
  ])('%s', (_, command, expected) => {
    expect(textOf(changedSchedule(DAILY, command))).toBe(expected);
  });

  test('moves the last day along with the starts', () => {
    const until = series({ rule: rule('FREQ=DAILY;UNTIL=20260705') }, { start: when('2026-07-01T23:30:00') });
    const changed = changedSchedule(until, { start: when('2026-07-02T00:30:00') });
    expect(textOf(changed)).toBe('2026-07-02T00:30:00 FREQ=DAILY;UNTIL=20260706');
  });

  test('keeps the first day of the week that words cannot name', () => {
    const fromSunday = series({ rule: rule('FREQ=WEEKLY;WKST=SU') });
    const inWords = { rule: rule('FREQ=WEEKLY', { keepsWeekStart: true }) };
    expect(textOf(changedSchedule(fromSunday, { repeat: inWords }))).toContain('WKST=SU');
  });

  test('to a start that the rule cannot follow is refused', () => {
    const twiceAWeek = series({ rule: rule('FREQ=WEEKLY;BYDAY=WE,FR') });
    expect(() => changedSchedule(twiceAWeek, { start: when('2026-07-02T09:00:00') })).toThrow(
      expect.objectContaining({
        code: 'start_off_rule',
        errors: [expect.objectContaining({ field: 'start' })],
      }),
    );
  });
});
