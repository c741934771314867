import { DAY, HOUR, MINUTE } from '../../calendar/time/civil-time.js';

/** Between two fetches of a calendar that names no interval of its own. */
const FETCH_INTERVAL_MS = HOUR;

/** The bounds of an interval that a calendar names. */
const MIN_FETCH_INTERVAL_MS = 15 * MINUTE;
const MAX_FETCH_INTERVAL_MS = DAY;

/** After the first failure, the second one, and so on; the last delay is that of all further ones. */
const DELAYS_OF_FAILURES_MS = [1, 5, 15, 60, 180, 360, 720, 1_440].map((minutes) => minutes * MINUTE);

/** The largest part of a delay that is added to it at random, so that fetches that began together do not stay together. */
const JITTER = 0.2;

/**
 * The next fetch after a success.
 * @param interval milliseconds that the calendar names; null: none @param random from 0 to 1
 */
export function afterSuccess(now: Date, interval: number | null, random: number): Date {
  const wanted = interval ?? FETCH_INTERVAL_MS;
  const delay = Math.min(Math.max(wanted, MIN_FETCH_INTERVAL_MS), MAX_FETCH_INTERVAL_MS);
  return later(now, delay, random);
}

/** The next fetch after a failure. @param failures those since the last success, this one included @param random from 0 to 1 */
export function afterFailure(now: Date, failures: number, random: number): Date {
  const delay = DELAYS_OF_FAILURES_MS[failures - 1] ?? DELAYS_OF_FAILURES_MS.at(-1) ?? DAY;
  return later(now, delay, random);
}

function later(now: Date, delay: number, random: number): Date {
  return new Date(now.getTime() + Math.round(delay * (1 + JITTER * random)));
}
