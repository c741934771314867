import { TIME_ZONE_NAMES } from './time-zone-names.js';

/**
 * The largest length of a name that an error repeats or the API takes: twice America/Argentina/ComodRivadavia, the
 * longest.
 */
export const MAX_TIME_ZONE_NAME_LENGTH = 64;

/** Links that the IANA database dropped in 2020. `Intl` still has them, and calendars still use them. */
const DROPPED_LINKS = ['Canada/East-Saskatchewan', 'US/Pacific-New'];

/**
 * The accepted names by their lower case. `Intl.supportedValuesOf` adds zones that are newer than the list; it contains
 * no links. `Intl` has further names of its own (`SystemV/EST5`, `IST`), which no other calendar understands.
 */
const NAMES: ReadonlyMap<string, string> = new Map(
  [...Intl.supportedValuesOf('timeZone'), ...DROPPED_LINKS, ...TIME_ZONE_NAMES].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/**
 * Returns the IANA database's spelling of a time zone's name, for a name in any case. A link keeps its name
 * (`asia/kolkata` is `Asia/Kolkata`), because `Intl` would replace it with a name that its country no longer uses.
 * Returns null if the database has no such name or if the zone is newer than the data of `Intl`.
 * @example canonicalTimeZoneName('europe/moscow') // 'Europe/Moscow'
 */
export function canonicalTimeZoneName(name: string): string | null {
  const canonical = NAMES.get(name.toLowerCase());
  return canonical !== undefined && isKnownToIntl(canonical) ? canonical : null;
}

function isKnownToIntl(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
