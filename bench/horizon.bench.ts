import type { BusyCalendar, BusySeries } from '../src/calendar/conflicts/compared/busy-series.js';
import { ComparisonBudget, comparisonResult } from '../src/calendar/conflicts/compared/comparison-budget.js';
import { conflictingOccurrences } from '../src/calendar/conflicts/conflicting-occurrences.js';
import { parseRecurrenceRule } from '../src/calendar/recurrence/rule/rule-text.js';
import { compileSeries } from '../src/calendar/recurrence/series/event-series.js';
import { DAY, HOUR, MINUTE, parseCivilTime } from '../src/calendar/time/civil-time.js';
import { measure, type Row } from './measure.js';
import { tableOf } from './report.js';
import type { Scenario } from './scenario.js';

const [BERLIN, NEW_YORK] = ['Europe/Berlin', 'America/New_York'];
const FROM = Date.UTC(2026, 0, 5);
const [SERIES, EVENTS] = [200, 2_000];

function series(start: string, rule: string, minutes = 60, timeZone = BERLIN): BusySeries {
  return {
    series: compileSeries({
      start: parseCivilTime(start),
      timeZone,
      allDay: false,
      length: { seconds: minutes * 60 },
      rule: parseRecurrenceRule(rule),
      rdates: [],
      exdates: [],
      overrides: [],
    }),
  };
}

const alone = (...all: readonly BusySeries[]): BusyCalendar => ({ single: [], series: all });

/** A room that is busy from Monday to Friday between 08:00 and 18:00, in quarters of an hour that are taken in turn. */
function room(): BusyCalendar {
  const rules = [
    'FREQ=WEEKLY;BYDAY=MO',
    'FREQ=WEEKLY;BYDAY=TU,TH',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
    'FREQ=MONTHLY;BYDAY=1FR',
    'FREQ=MONTHLY;BYDAY=-1MO',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTH=6;BYDAY=2WE',
    'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR',
  ];
  const all = Array.from({ length: SERIES }, (_, index) => {
    const quarter = index % 40;
    const time = `${String(8 + Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
    return series(`2026-01-05T${time}:00`, rules[index % rules.length], 15);
  });
  const single = Array.from({ length: EVENTS }, (_, index) => {
    const start = FROM + Math.floor(index / 5) * DAY + (8 + 2 * (index % 5)) * HOUR;
    return { start, end: start + 30 * MINUTE };
  });
  return { single, series: all };
}

function work(event: BusySeries, calendar: BusyCalendar): () => number {
  return () => {
    const choice = { from: FROM, limit: 1, budget: new ComparisonBudget() };
    const { occurrences, checkedUntil } = comparisonResult(conflictingOccurrences(event, calendar, choice));
    if (checkedUntil !== null) throw new Error(`the budget ended at ${checkedUntil}`);
    return occurrences.length;
  };
}

function rowOf(name: string, event: BusySeries, calendar: BusyCalendar): Row {
  return { name, works: { 'the whole horizon': work(event, calendar) } };
}

const dailyAt = (time: string, zone?: string) => series(`2026-01-05T${time}:00`, 'FREQ=DAILY', 60, zone);
const monthly = (rule: string) => series('2026-01-05T09:00:00', `FREQ=MONTHLY;${rule}`);

const table = (rows: readonly Row[]) => tableOf(rows.map((row) => ({ row, timings: measure(row) })));

export const scenario: Scenario = {
  title: 'The whole horizon of conflicts',
  run() {
    const full = room();
    const pairs = [
      rowOf('hours apart', dailyAt('09:00'), alone(dailyAt('11:00'))),
      rowOf('hours that touch', dailyAt('09:00'), alone(dailyAt('10:00'))),
      rowOf(
        'Mondays and Tuesdays',
        series('2026-01-05T09:00:00', 'FREQ=WEEKLY'),
        alone(series('2026-01-06T09:00:00', 'FREQ=WEEKLY')),
      ),
      rowOf(
        'odd and even weeks',
        series('2026-01-05T09:00:00', 'FREQ=WEEKLY;INTERVAL=2'),
        alone(series('2026-01-12T09:00:00', 'FREQ=WEEKLY;INTERVAL=2')),
      ),
      rowOf('first and third Tuesdays', monthly('BYDAY=1TU'), alone(monthly('BYDAY=3TU'))),
      rowOf('the same hour', dailyAt('09:00'), alone(dailyAt('09:00'))),
      rowOf(
        'Mondays and leap days',
        series('2037-01-05T09:00:00', 'FREQ=WEEKLY'),
        alone(series('2028-02-29T09:00:00', 'FREQ=YEARLY')),
      ),
      rowOf(
        'first and last weekdays, to the end',
        monthly('BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1'),
        alone(monthly('BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1')),
      ),
      rowOf(
        'nights that the clocks lengthen, to the end',
        series('2026-01-05T22:00:00', 'FREQ=WEEKLY', 480),
        alone(series('2026-01-06T06:30:00', 'FREQ=WEEKLY')),
      ),
      rowOf('two zones, apart', dailyAt('09:00'), alone(dailyAt('10:00', NEW_YORK))),
      rowOf('two zones, in March alone', dailyAt('15:00'), alone(dailyAt('10:00', NEW_YORK))),
    ];
    const rooms = [
      rowOf('every evening', dailyAt('19:00'), full),
      rowOf('every evening, from another zone', dailyAt('14:00', NEW_YORK), full),
      rowOf('every night, for eight hours', series('2026-01-05T22:00:00', 'FREQ=DAILY', 480), full),
      rowOf('Saturdays', series('2026-01-10T09:00:00', 'FREQ=WEEKLY', 60), { ...full, single: [] }),
      rowOf('first Saturdays of months', series('2026-01-10T09:00:00', 'FREQ=MONTHLY;BYDAY=1SA'), {
        ...full,
        single: [],
      }),
      rowOf('every morning: refused', dailyAt('09:00'), full),
    ];
    return Promise.resolve(
      [
        'The first conflict of an endless series up to the end of the calendar; `made` is 1 if there is one. Series are compiled beforehand, and the zones are known.',
        'Against one other endless series:',
        table(pairs),
        `Against a room with ${SERIES} endless series and ${EVENTS.toLocaleString('en-US')} single events:`,
        table(rooms),
      ].join('\n\n'),
    );
  },
};
