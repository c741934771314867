/** The TZIDs of the files that are no IANA names. They are written as the IANA names. */
const ZONES: readonly (readonly [tzid: string, iana: string])[] = [
  ['"W. Europe Standard Time"', 'Europe/Berlin'],
  ['Pacific Standard Time', 'America/Los_Angeles'],
  ['/mozilla.org/20070129_1/America/New_York', 'America/New_York'],
];

/** A file of the corpus with the names of zones as the service writes them. */
export function withIanaNames(text: string): string {
  return ZONES.reduce((named, [tzid, iana]) => named.replaceAll(`TZID=${tzid}:`, `TZID=${iana}:`), text);
}
