const HOUR = 3_600_000;

/** Further than any zone has ever jumped. */
const AWAY = 26 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, number>();

/**
 * The instant of a civil time, by the readings of the clocks: of the instants at which they show it the first; when
 * none does, the one by the offset in force before.
 */
export function naiveInstant(timeZone: string, civil: number): number {
  const key = `${timeZone} ${civil}`;
  let instant = known.get(key);
  if (instant === undefined) {
    const before = naiveCivil(timeZone, civil - AWAY) - (civil - AWAY);
    const after = naiveCivil(timeZone, civil + AWAY) - (civil + AWAY);
    const shown = [civil - before, civil - after].filter((at) => naiveCivil(timeZone, at) === civil);
    instant = shown.length > 0 ? Math.min(...shown) : civil - before;
    known.set(key, instant);
  }
  return instant;
}

/** The reading of the clocks at an instant, field by field as `Intl` prints it. */
export function naiveCivil(timeZone: string, instant: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const [month, day, year, hour, minute, second] = (format.format(instant).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
