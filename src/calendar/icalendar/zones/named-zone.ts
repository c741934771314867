import { HOUR, MINUTE } from '../../time/civil-time.js';
import { canonicalTimeZoneName } from '../../time/names/time-zone-name.js';
import { TIME_ZONE_NAMES } from '../../time/names/time-zone-names.js';
import { timeZone } from '../../time/time-zone.js';
import { WINDOWS_ZONE_NAMES } from './windows-zone-names.js';

const WINDOWS = new Map([...WINDOWS_ZONE_NAMES].map(([name, zone]) => [name.toLowerCase(), zone]));

/** Names of UTC that are neither of the IANA database nor of Windows. */
const UTC = new Set(['z', 'coordinated universal time', 'tzone://microsoft/utc', 'utc/gmt']);

/** A display name of Windows, such as `(UTC+01:00) Amsterdam, Berlin, Bern`. */
const DISPLAY_NAME = /^\((?:UTC|GMT)(?:([+-])(\d{2})[:.](\d{2}))?\)\s*(.+)$/i;

/** A fixed offset, such as `UTC+2`, `GMT-0330` or `+05:30`. */
const OFFSET = /^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/i;

/** The zones by their cities, as the last segment of their names in lower case. */
const CITIES = new Map(
  TIME_ZONE_NAMES.toReversed().map((name) => [name.slice(name.lastIndexOf('/') + 1).toLowerCase(), name]),
);

/** Instants of which one is outside of summer time in either hemisphere. */
const OUTSIDE_OF_SUMMER = [Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)];

/** The names that file after file repeats. */
const known = new Map<string, string | null>();

/** Characters. The longest display name of Windows has 70, and prefixes add 40. */
const MAX_NAME_LENGTH = 200;

/** Names that are kept. */
const MAX_KNOWN = 1_000;

/**
 * The IANA name of a zone that a program names by TZID: an IANA name with or without a prefix, a name or a display name of
 * Windows, or a fixed offset. Null if the name says nothing.
 * @example namedZone('/freeassociation.sourceforge.net/Europe/Berlin') // 'Europe/Berlin'
 * @example namedZone('W. Europe Standard Time') // 'Europe/Berlin'
 */
export function namedZone(tzid: string): string | null {
  if (tzid.length > MAX_NAME_LENGTH) return null;
  const before = known.get(tzid);
  if (before !== undefined) return before;
  const zone = zoneBehind(tzid.trim().replaceAll(/^["']|["']$/g, ''));
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(tzid, zone);
  return zone;
}

function zoneBehind(name: string): string | null {
  const lower = name.toLowerCase();
  if (UTC.has(lower)) return 'UTC';
  return ianaZone(name) ?? windowsZone(lower) ?? displayedZone(name) ?? offsetZone(name);
}

/** The longest end of a name that is an IANA name. */
function ianaZone(name: string): string | null {
  const segments = name.split('/');
  // A single segment is a name only if it is the whole: the database has `Cuba` and `EST`, which may end other names.
  const starts = segments.length === 1 ? [0] : segments.slice(0, -1).map((_, index) => index);
  for (const start of starts.slice(-MAX_SEGMENTS)) {
    const zone = canonicalTimeZoneName(segments.slice(start).join('/'));
    if (zone !== null) return zone;
  }
  return name.startsWith('/') ? canonicalTimeZoneName(segments.at(-1) ?? '') : null;
}

/** Segments of the longest IANA names, such as America/Argentina/Buenos_Aires. */
const MAX_SEGMENTS = 3;

function windowsZone(lower: string): string | null {
  // Exchange appends a number if two zones of one message have the same name.
  return WINDOWS.get(lower) ?? WINDOWS.get(lower.replace(/ \d+$/, '')) ?? null;
}

function displayedZone(name: string): string | null {
  const [, sign, hours, minutes, places] = DISPLAY_NAME.exec(name) ?? [];
  if (places === undefined) return null;
  const offset = sign === undefined ? 0 : offsetOf(sign, hours, minutes);
  for (const place of places.split(/[,/]/)) {
    const zone = CITIES.get(place.trim().replaceAll(' ', '_').toLowerCase());
    if (zone !== undefined && OUTSIDE_OF_SUMMER.some((at) => timeZone(zone).offsetAt(at) === offset))
      return zone;
  }
  return null;
}

function offsetZone(name: string): string | null {
  const [, sign, hours, minutes = '00'] = OFFSET.exec(name) ?? [];
  return sign === undefined ? null : fixedZone(offsetOf(sign, hours, minutes));
}

/**
 * The IANA zone of a fixed offset in milliseconds: of whole hours, or a zone of which the clocks do not change; null if there is
 * none.
 * @example fixedZone(2 * HOUR) // 'Etc/GMT-2', whose sign is that of POSIX
 */
export function fixedZone(offset: number): string | null {
  if (offset === 0) return 'UTC';
  const hours = offset / HOUR;
  return Number.isInteger(hours)
    ? canonicalTimeZoneName(`Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`)
    : (UNCHANGED.get(offset / MINUTE) ?? null);
}

/** The zones of other offsets of which the clocks do not change, by their minutes. */
const UNCHANGED = new Map([
  [-570, 'Pacific/Marquesas'],
  [210, 'Asia/Tehran'],
  [270, 'Asia/Kabul'],
  [330, 'Asia/Kolkata'],
  [345, 'Asia/Kathmandu'],
  [390, 'Asia/Yangon'],
  [525, 'Australia/Eucla'],
  [570, 'Australia/Darwin'],
]);

function offsetOf(sign: string, hours: string, minutes: string): number {
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}
