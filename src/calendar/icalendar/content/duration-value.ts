/** A DURATION (RFC 5545 §3.3.6): days of the calendar, and exact seconds. Both are negative if the duration is. */
export interface WrittenDuration {
  readonly days: number;
  readonly seconds: number;
}

const DURATION =
  /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/i;

/**
 * Reads a DURATION; null if the text is none.
 * @example writtenDuration('P1DT2H') // { days: 1, seconds: 7_200 }
 */
export function writtenDuration(text: string): WrittenDuration | null {
  const match = DURATION.exec(text.trim());
  if (match === null || !/\d/.test(text)) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0));
  const sign = match[1] === '-' ? -1 : 1;
  return {
    days: sign * (weeks * 7 + days) + 0,
    seconds: sign * (hours * 3_600 + minutes * 60 + seconds) + 0,
  };
}

/**
 * Writes exact seconds as a DURATION.
 * @example durationValue(5_400) // 'PT1H30M'
 */
export function durationValue(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const parts = [
    hours > 0 ? `${hours}H` : '',
    minutes > 0 ? `${minutes}M` : '',
    seconds % 60 > 0 ? `${seconds % 60}S` : '',
  ];
  return `PT${parts.join('') || '0S'}`;
}
