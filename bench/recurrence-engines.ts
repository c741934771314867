// Node.js loads the CommonJS build of rrule and does not detect its named exports, so only the default import works.
// oxlint-disable import/default, import/no-named-as-default-member
import ICAL from 'ical.js';
import rrule from 'rrule';
import { RRuleTemporal } from 'rrule-temporal';
import { CollectedBusyTime } from '../src/calendar/availability/free-busy.js';
import type { Interval } from '../src/calendar/intervals/interval.js';
import { parseRecurrenceRule } from '../src/calendar/recurrence/rule/rule-text.js';
import { compileSeries, type SeriesDefinition } from '../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn, visitRunsIn } from '../src/calendar/recurrence/series/recurrence-set.js';
import { parseCivilTime } from '../src/calendar/time/civil-time.js';
import type { Work } from './measure.js';
import { loadRruleRust, type RruleRust } from './rrule-rust.js';

const rust = await loadRruleRust();

const ZONE = 'America/New_York';

/** A rule that starts at a civil time in `ZONE`, and a window. */
export interface Question {
  readonly start: string;
  readonly rule: string;
  readonly window: Interval;
}

type Engine = (question: Question) => Work;

/** Our core as free/busy, the search and conflicts use it: the rule is compiled beforehand; keeps merged intervals. */
export const busyTime: Engine = ({ start, rule, window }) => {
  const series = compileSeries(definitionOf(start, rule));
  return () => {
    const time = new CollectedBusyTime();
    visitRunsIn(series, window, (run) => time.add(run, run.from, run.to));
    return time.intervals.length;
  };
};

/** Our core as lists use it: the rule is compiled beforehand; makes and keeps an object for each occurrence. */
export const occurrenceObjects: Engine = ({ start, rule, window }) => {
  const series = compileSeries(definitionOf(start, rule));
  return () => occurrencesOf(series, window);
};

/** The starts and ends of our core alone, in columns. */
export const columns: Engine = ({ start, rule, window }) => {
  const series = compileSeries(definitionOf(start, rule));
  return () => {
    let made = 0;
    visitRunsIn(series, window, ({ from, to }) => {
      made += to - from;
    });
    return made;
  };
};

/** Our core from the rule's text: parses, compiles and expands each time. */
export const fromText: Engine = ({ start, rule, window }) => {
  const { rule: _parsed, ...stored } = definitionOf(start, rule);
  return () => occurrencesOf(compileSeries({ ...stored, rule: parseRecurrenceRule(rule) }), window);
};

/** `rrule` with a zone and without its cache, which would keep every result. */
export const rruleWithZone: Engine = ({ start, rule, window }) => {
  const { RRule } = rrule;
  const dtstart = new Date(parseCivilTime(start));
  const series = new RRule({ ...RRule.parseString(rule), dtstart, tzid: ZONE }, true);
  return () => series.between(new Date(window.start), new Date(window.end), true).length;
};

/** `rrule-temporal`, made beforehand and without its cache. */
export const rruleTemporal: Engine = ({ start, rule, window }) => {
  const series = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${ZONE}:${start}\nRRULE:${rule}`,
    cache: false,
  });
  return () => series.between(new Date(window.start), new Date(window.end), true).length;
};

/** `rrule-rust`, made beforehand and without its cache; null if the library is not installed. */
export const rruleRust: Engine | null = rust && rustEngine(rust);

function rustEngine({ DateTime, RRuleSet }: RruleRust): Engine {
  return ({ start, rule, window }) => {
    const series = RRuleSet.fromString(`DTSTART;TZID=${ZONE}:${start}\nRRULE:${rule}`);
    series.cache.disable();
    const from = DateTime.fromTimestamp(window.start);
    const to = DateTime.fromTimestamp(window.end);
    return () => series.between(from, to, true).length;
  };
}

/** `ical.js` in floating time: it walks from the start. */
export const icalJs: Engine = ({ start, rule, window }) => {
  const recur = ICAL.Recur.fromString(rule);
  const dtstart = ICAL.Time.fromDateTimeString(
    start.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6'),
  );
  const [from, to] = [window.start / 1_000, window.end / 1_000];
  return () => {
    const iterator = recur.iterator(dtstart);
    let made = 0;
    for (let next = iterator.next(); next && next.toUnixTime() < to; next = iterator.next())
      if (next.toUnixTime() >= from) made += 1;
    return made;
  };
};

function definitionOf(start: string, rule: string): SeriesDefinition {
  return {
    start: parseCivilTime(start),
    timeZone: ZONE,
    allDay: false,
    length: { seconds: 3_600 },
    rule: parseRecurrenceRule(rule),
    rdates: [],
    exdates: [],
    overrides: [],
  };
}

function occurrencesOf(series: ReturnType<typeof compileSeries>, window: Interval): number {
  const found = [];
  for (const occurrence of occurrencesIn(series, window)) found.push(occurrence);
  return found.length;
}
