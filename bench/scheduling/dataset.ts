import { parseRecurrenceRule } from '../../src/calendar/recurrence/rule/rule-text.js';
import { type CivilTime, DAY, formatCivilTime, HOUR, MINUTE } from '../../src/calendar/time/civil-time.js';
import { durationOfLength } from '../../src/calendar/time/length.js';
import { timeZone } from '../../src/calendar/time/time-zone.js';
import { recordedSchedule } from '../../src/events/model/schedule/recorded-schedule.js';
import type { Schedule } from '../../src/events/model/schedule/schedule.js';

/** The Monday on which the benchmark sends its requests. */
export const TODAY = Date.UTC(2026, 0, 5);

export const USERS = 200;
export const USER_IDS: readonly number[] = Array.from({ length: USERS }, (_, index) => index + 1);
export const EVENTS_EACH = 1_000;

/** Zones whose office hours overlap for some hours. */
const ZONES = ['Europe/Berlin', 'Europe/London', 'Europe/Moscow', 'Europe/Lisbon', 'Europe/Istanbul'];

const MEAN_AHEAD = 14 * DAY;
const THREE_YEARS = 3 * 365 * DAY;

/** A row of `events`, as text that PostgreSQL reads. */
export interface EventRow {
  readonly organizerId: number;
  readonly timeZone: string;
  readonly start: string;
  readonly duration: number;
  readonly rrule: string | null;
  readonly span: string;
}

/** Random numbers (mulberry32). They are the same in each run, so that runs can be compared. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function zoneOf(userId: number): string {
  return ZONES[userId % ZONES.length];
}

/**
 * The calendar of one user: 70 % events that do not repeat, 20 % weekly, 7 % daily or on weekdays, 3 % monthly or
 * yearly. Nine of ten events start in the three years before today. The others start after today, at an exponentially
 * distributed time. Most series end after some weeks. Some series that started three years ago, regular meetings in the
 * morning, do not end.
 */
export function* calendarOf(userId: number): Generator<EventRow> {
  const next = random(userId);
  for (let index = 0; index < EVENTS_EACH; index += 1) {
    const around = next() < 0.9 ? TODAY - next() * THREE_YEARS : TODAY - Math.log(1 - next()) * MEAN_AHEAD;
    yield event(userId, index / EVENTS_EACH, next, around, TODAY - THREE_YEARS);
  }
}

/** Nine times as many events, of the same kinds, in the thirty years before. All have ended. */
export function* pastOf(userId: number): Generator<EventRow> {
  const next = random(-userId);
  for (let index = 0; index < 9 * EVENTS_EACH; index += 1) {
    const around = TODAY - THREE_YEARS - 400 * DAY - next() * 10 * THREE_YEARS;
    yield event(userId, (index % EVENTS_EACH) / EVENTS_EACH, next, around, null);
  }
}

/** @param goingOnSince the start of series that do not end; null if all series end */
function event(
  userId: number,
  kind: number,
  next: () => number,
  around: number,
  goingOnSince: number | null,
): EventRow {
  const rule = ruleOf(kind, next, goingOnSince !== null);
  const start = rule?.endless
    ? officeTime((goingOnSince ?? around) + next() * 28 * DAY, MORNING, next)
    : officeTime(around, OFFICE, next);
  const zone = zoneOf(userId);
  const schedule: Schedule = {
    allDay: false,
    timeZone: zone,
    endTimeZone: null,
    floating: false,
    start,
    startAt: timeZone(zone).toInstant(start),
    length: { seconds: [30, 30, 45, 60][Math.floor(next() * 4)] * 60 },
    rule: rule && parseRecurrenceRule(rule.text),
    rdates: [],
    exdates: [],
  };
  const { length, span } = recordedSchedule(schedule);
  return {
    organizerId: userId,
    timeZone: zone,
    start: formatCivilTime(start),
    duration: durationOfLength(length),
    rrule: rule?.text ?? null,
    span,
  };
}

/** Half hours from 9 o'clock. */
const OFFICE = 17;
const MORNING = 5;

/** On a weekday, on a half hour from 9 o'clock. */
function officeTime(around: number, halfHours: number, next: () => number): CivilTime {
  let day = Math.floor(around / DAY);
  while ([0, 6].includes(new Date(day * DAY).getUTCDay())) day += 1;
  return day * DAY + 9 * HOUR + Math.floor(next() * halfHours) * 30 * MINUTE;
}

interface Rule {
  readonly text: string;
  readonly endless: boolean;
}

function ruleOf(kind: number, next: () => number, mayGoOn: boolean): Rule | null {
  if (kind < 0.7) return null;
  const ended = (text: string, most: number): Rule => ({
    text: `${text};COUNT=${2 + Math.floor(next() * most)}`,
    endless: false,
  });
  const goesOn = mayGoOn && next() < 0.03;
  const rule = (text: string, most: number) => (goesOn ? { text, endless: true } : ended(text, most));
  if (kind < 0.9) return rule('FREQ=WEEKLY', 12);
  if (kind < 0.94) return rule('FREQ=DAILY', 5);
  if (kind < 0.97) return rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 10);
  if (kind < 0.99) return rule('FREQ=MONTHLY', 11);
  return mayGoOn ? { text: 'FREQ=YEARLY', endless: true } : ended('FREQ=YEARLY', 1);
}
