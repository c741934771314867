/** A rule with every part in full use is some 200 characters; twice that is no rule that a person needs. */
export const MAX_RULE_LENGTH = 512;

/** Nearly three years of days: a longer step is another event. */
export const MAX_INTERVAL = 999;

/** A round number that a person types fits, and the core counts so many starts in microseconds. */
export const MAX_COUNT = 1_000;

/** Once an hour: an appointment does not take place more often. */
export const MAX_TIMES_A_DAY = 24;

/** A month has at most five of each weekday. */
export const MAX_WEEKDAYS_IN_MONTH = 5;

/** The days of the longest months, and the bound of BYMONTHDAY in both directions (RFC 5545 §3.3.10). */
export const MAX_DAYS_IN_MONTH = 31;

/** The months of the Gregorian year, and the bound of BYMONTH (RFC 5545 §3.3.10). */
export const MONTHS_IN_YEAR = 12;

/** The last hour of a day, and the bound of BYHOUR (RFC 5545 §3.3.10). */
export const LAST_HOUR_OF_DAY = 23;

/** The last minute of an hour, and the bound of BYMINUTE (RFC 5545 §3.3.10). */
export const LAST_MINUTE_OF_HOUR = 59;

/** The last year of an UNTIL, whose year has four digits (RFC 5545 §3.3.4). */
export const LAST_YEAR_OF_UNTIL = 9999;

/** RFC 5545 §3.3.10: also the most that one weekday comes in a year. */
export const MAX_WEEKS_IN_YEAR = 53;

/** The days of a leap year, and the bound of BYYEARDAY and BYSETPOS in both directions (RFC 5545 §3.3.10). */
export const MAX_DAYS_IN_YEAR = 366;
