import { loadavg } from 'node:os';
import { measure, type Row } from './measure.js';
import {
  busyTime,
  columns,
  fromText,
  icalJs,
  occurrenceObjects,
  type Question,
  rruleRust,
  rruleTemporal,
  rruleWithZone,
} from './recurrence-engines.js';
import { type RowResult, tableOf } from './report.js';
import type { Scenario } from './scenario.js';

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const WEEK = { start: Date.UTC(2026, 8, 3), end: Date.UTC(2026, 8, 10) };

const tenYears: Question = {
  start: '20160906T090000',
  rule: 'FREQ=DAILY',
  window: { start: Date.UTC(2016, 8, 6), end: Date.UTC(2026, 8, 6) },
};

const weeks = FREQUENCIES.map((frequency) => ({
  name: `a week of ${frequency.toLowerCase()}, begun ten years before`,
  question: { start: '20160906T090000', rule: `FREQ=${frequency}`, window: WEEK },
}));

function rowAgainstOthers(name: string, question: Question): Row {
  return {
    name,
    works: {
      'ours, busy time': busyTime(question),
      'ours, columns': columns(question),
      'ours, objects': occurrenceObjects(question),
      'ours, from text': fromText(question),
      'rrule, tzid': rruleWithZone(question),
      'rrule-temporal': rruleTemporal(question),
      ...(rruleRust && { 'rrule-rust': rruleRust(question) }),
      'ical.js, floating': icalJs(question),
    },
  };
}

function rowOfAges(frequency: string): Row {
  const question = (year: number) => ({
    start: `${year}0906T090000`,
    rule: `FREQ=${frequency}`,
    window: WEEK,
  });
  return {
    name: `a week of ${frequency.toLowerCase()}`,
    works: {
      'one year old': busyTime(question(2025)),
      'ten years old': busyTime(question(2016)),
      'fifty years old': busyTime(question(1976)),
    },
  };
}

/** The processes that wanted a processor in the last minute. */
const load = () => loadavg()[0].toFixed(1);

const resultOf = (row: Row): RowResult => ({ row, timings: measure(row) });

export const scenario: Scenario = {
  title: 'Recurrence',
  async run() {
    const loadBefore = load();
    const against = [
      rowAgainstOthers('ten years of daily', tenYears),
      ...weeks.map(({ name, question }) => rowAgainstOthers(name, question)),
    ].map(resultOf);
    const ages = FREQUENCIES.map(rowOfAges).map(resultOf);
    const [{ timings }] = against;
    const nanosOf = (engine: string) => {
      const { micros, made } = timings.get(engine) ?? { micros: Number.NaN, made: 1 };
      return ((micros * 1_000) / made).toFixed(1);
    };
    return [
      `America/New_York, one process. Load average: ${loadBefore} before, ${load()} after. In brackets: the ratio to our busy time.`,
      'Our series are compiled beforehand, except in "from text". "Busy time" is the path of free/busy, of the search for a free interval and of conflicts: merged intervals. "Columns" are the starts and ends of that path alone. "Objects" is the path of lists.',
      ...(rruleRust
        ? []
        : ['rrule-rust is not installed: `npm install --no-save rrule-rust@3.1.1` installs it.']),
      tableOf(against),
      `Ten years of daily, nanoseconds an occurrence: busy time ${nanosOf('ours, busy time')}, columns ${nanosOf('ours, columns')}, objects ${nanosOf('ours, objects')}.`,
      'The age of a series, busy time:',
      tableOf(ages),
    ].join('\n\n');
  },
};
