import { TIME_ZONE_NAMES } from './time-zone-names.js';

/** Twice the longest name, America/Argentina/ComodRivadavia. */
export const MAX_NAME_LENGTH = 64;

/** Links that the IANA database dropped in 2020. `Intl` still knows them, and calendars still have them. */
const DROPPED_LINKS = ['Canada/East-Saskatchewan', 'US/Pacific-New'];

/**
 * The accepted names by their lower case. `Intl` adds zones that are newer than the list; it lists no links. Other
 * names that `Intl` takes (`SystemV/EST5`, `IST`) are its own, and no other calendar understands them.
 */
const NAMES: ReadonlyMap<string, string> = new Map(
  [...Intl.supportedValuesOf('timeZone'), ...DROPPED_LINKS, ...TIME_ZONE_NAMES].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/**
 * The IANA database's spelling of a time zone's name, for a name in any case. A link keeps its name (`asia/kolkata` is
 * `Asia/Kolkata`): `Intl` would replace it with a name that its country gave up long ago.
 * Returns null if the database has no such name or the zone is newer than the data of `Intl`.
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
