/** The TZIDs of the files that are no IANA names. They are written as the IANA names. */
const ZONES: readonly (readonly [tzid: string, iana: string])[] = [
  ['"W. Europe Standard Time"', 'Europe/Berlin'],
  ['Pacific Standard Time', 'America/Los_Angeles'],
  ['/mozilla.org/20070129_1/America/New_York', 'America/New_York'],
];

/** A file of the corpus in the form that the service writes: with its names of zones, and without EXDATEs of changed occurrences. */
export function asWritten(text: string): string {
  const named = ZONES.reduce(
    (before, [tzid, iana]) => before.replaceAll(`TZID=${tzid}:`, `TZID=${iana}:`),
    text,
  );
  const lines = named.split('\n');
  const changed = new Set(
    lines.flatMap((line) =>
      line.startsWith('RECURRENCE-ID') ? [line.replace('RECURRENCE-ID', 'EXDATE')] : [],
    ),
  );
  return lines.filter((line) => !changed.has(line)).join('\n');
}
