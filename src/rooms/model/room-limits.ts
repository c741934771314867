import { DAY } from '../../calendar/time/civil-time.js';

/** The persons in a stadium. */
export const MAX_ROOM_CAPACITY = 100_000;

/** The features of one room, and of one search. */
export const MAX_ROOM_FEATURES = 50;

/** UTF-16 code units of one feature. */
export const MAX_ROOM_FEATURE_LENGTH = 64;

/** UTF-16 code units of a building, and of a floor. */
export const MAX_ROOM_PLACE_LENGTH = 100;

/** Milliseconds: the longest time for which one search looks for free rooms. */
export const MAX_FREE_ROOM_WINDOW = 31 * DAY;

/**
 * Rooms whose time one search of free rooms reads. A page ends early after so many rooms, and `Link` leads on.
 */
export const MAX_SEARCHED_ROOMS = 500;
