import { measure, type Row } from './measure.js';
import {
  compiled,
  fromText,
  icalJs,
  type Question,
  rruleRust,
  rruleTemporal,
  rruleWithZone,
  startsAlone,
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
      'ours, compiled': compiled(question),
      'ours, starts alone': startsAlone(question),
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
      'one year old': compiled(question(2025)),
      'ten years old': compiled(question(2016)),
      'fifty years old': compiled(question(1976)),
    },
  };
}

const resultOf = (row: Row): RowResult => ({ row, timings: measure(row) });

export const scenario: Scenario = {
  title: 'Recurrence',
  async run() {
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
      'America/New_York, one process. In brackets: the ratio to our compiled series.',
      ...(rruleRust
        ? []
        : ['rrule-rust is not installed: `npm install --no-save rrule-rust@3.1.1` installs it.']),
      tableOf(against),
      `Ten years of daily: ${nanosOf('ours, starts alone')} ns a start, ${nanosOf('ours, compiled')} ns an occurrence that is kept as an object.`,
      'The age of a series, ours compiled:',
      tableOf(ages),
    ].join('\n\n');
  },
};
