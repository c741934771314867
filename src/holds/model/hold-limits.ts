import { DAY, HOUR, MINUTE, SECOND } from '../../calendar/time/civil-time.js';

/** Seconds. */
export const DEFAULT_HOLD_SECONDS = (10 * MINUTE) / SECOND;

/** Seconds: a hold blocks others, so a client that forgets it must not block them for long. */
export const MAX_HOLD_SECONDS = HOUR / SECOND;

/** Seconds from the creation, with all extensions. */
export const MAX_EXTENDED_HOLD_SECONDS = DAY / SECOND;

/** The users and rooms of one hold. The service locks all of them, and reads their calendars. */
export const MAX_HELD_USERS = 100;

/** The open holds that one person may have. A person decides about few meetings at a time. */
export const MAX_HOLDS_OF_PERSON = 10;

/** The open holds that one API key may have, and those that all requests without a token may have together. */
export const MAX_HOLDS_OF_KEY = 1_000;

/** Days for which the service keeps a hold that is confirmed or has expired, so that a late repeat gets the right response. */
export const DAYS_OF_ENDED_HOLD = 30;
