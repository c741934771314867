import { DAY, HOUR, MINUTE, SECOND } from '../../calendar/time/civil-time.js';

const CLOCK_STYLE = /^(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/;
const ISO_8601 = /^P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/;
const WHOLE_SECONDS = /^(?:0|[1-9]\d{0,11})$/;

/**
 * The seconds of a duration as a query writes it: `1h`, `90m`, `1h30m`, `45s`, ISO 8601 `PT1H30M` or `P1D`
 * (a day is 24 hours), or whole seconds.
 * @returns null where the text is none of these
 */
export function parseDuration(text: string): number | null {
  if (WHOLE_SECONDS.test(text)) return Number(text);
  const clock = CLOCK_STYLE.exec(text);
  if (clock && text !== '') return seconds(0, clock[1], clock[2], clock[3]);
  const iso = ISO_8601.exec(text);
  if (iso && /\d[A-Z]$/.test(text)) return seconds(iso[1], iso[2], iso[3], iso[4]);
  return null;
}

const UNITS = [
  ['day', DAY / SECOND],
  ['hour', HOUR / SECOND],
  ['minute', MINUTE / SECOND],
  ['second', 1],
] as const;

/**
 * A duration in words, in the largest unit that it is a multiple of.
 * @param duration whole seconds
 * @example durationText(86_400) // '1 day'
 * @example durationText(5_400) // '90 minutes'
 */
export function durationText(duration: number): string {
  const [unit, length] = UNITS.find(([, one]) => duration % one === 0 && duration >= one) ?? UNITS[3];
  const count = duration / length;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function seconds(days: string | number = 0, hours = '0', minutes = '0', rest = '0'): number {
  return (Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE) / SECOND + Number(rest);
}
