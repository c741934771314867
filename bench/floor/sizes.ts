import { DAY } from '../../src/calendar/time/civil-time.js';

/** 5 January 1970 was a Monday. */
const FIRST_MONDAY = 4 * DAY;

export interface Sizes {
  readonly users: number;
  /** The entries in the calendar of each user. */
  readonly events: number;
  readonly rounds: number;
  /** The Monday about which the calendars and the windows of the requests lie. */
  readonly anchor: number;
}

const DEFAULTS = { USERS: '20', EVENTS: '400', ROUNDS: '15' };

/**
 * Reads the sizes from `USERS`, `EVENTS` and `ROUNDS`, and the anchor from `ANCHOR`, a date. By default, the anchor is in
 * the present week, because a service may prepare the present better than other times.
 */
export function sizesOf(environment: NodeJS.ProcessEnv, defaults = DEFAULTS): Sizes {
  const { USERS, EVENTS, ROUNDS, ANCHOR }: NodeJS.ProcessEnv = { ...defaults, ...environment };
  const around = ANCHOR === undefined ? Date.now() : Date.parse(`${ANCHOR}T00:00:00Z`);
  const sizes = {
    users: Number(USERS),
    events: Number(EVENTS),
    rounds: Number(ROUNDS),
    anchor: around - ((around - FIRST_MONDAY) % (7 * DAY)),
  };
  if (!Object.values(sizes).every((size) => Number.isInteger(size) && size > 0))
    throw new Error('USERS, EVENTS and ROUNDS are positive numbers, and ANCHOR is a date.');
  return sizes;
}
