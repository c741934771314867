/** The times of day at which a shift may start, or may end. */
export interface ShiftTimes {
  readonly first: string;
  readonly last: string;
  /** A time to the minute, such as `09:00`. */
  readonly pattern: RegExp;
  /** A time to the minute or to the second, such as `09:00:00`. */
  readonly patternWithSeconds: RegExp;
}

const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';
const SECONDS = ':[0-5]\\d';
const END_OF_DAY = '24:00';

/** The times at which a shift may start: every time of a day. */
export const SHIFT_STARTS: ShiftTimes = {
  first: '00:00',
  last: '23:59',
  pattern: new RegExp(`^${TIME}$`),
  patternWithSeconds: new RegExp(`^${TIME}(?:${SECONDS})?$`),
};

/** The times at which a shift may end: also the midnight at the end of the day. */
export const SHIFT_ENDS: ShiftTimes = {
  first: '00:00',
  last: END_OF_DAY,
  pattern: new RegExp(`^(?:${TIME}|${END_OF_DAY})$`),
  patternWithSeconds: new RegExp(`^(?:${TIME}(?:${SECONDS})?|${END_OF_DAY}(?::00)?)$`),
};
