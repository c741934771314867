/**
 * Writes the names of all time zones and links of an IANA release into the core: `npm run time-zones -- <tzdata.zi>`.
 * Each release of the IANA database builds that file (https://www.iana.org/time-zones); the Python package `tzdata` and
 * Linux distributions ship it too, these as /usr/share/zoneinfo/tzdata.zi, at times without the links of `backward`.
 */
import { readFile, writeFile } from 'node:fs/promises';

const FILE = 'src/calendar/time/names/time-zone-names.ts';

/** A placeholder for machines without a zone. */
const NO_ZONE = 'Factory';

const LINE_LENGTH = 110;

const [source] = process.argv.slice(2);
if (source === undefined) {
  process.stderr.write('usage: npm run time-zones -- <tzdata.zi>\n');
  process.exitCode = 1;
} else await writeFile(FILE, moduleOf(await readFile(source, 'utf8')));

function moduleOf(data: string): string {
  const [, release] = /^# version (\S+)/.exec(data) ?? [];
  const names = [...data.matchAll(/^(?:Z (\S+)|L \S+ (\S+))/gm)].map(([, zone, link]) => zone ?? link);
  if (release === undefined || names.length < 500)
    throw new Error(`${source} is no tzdata.zi with all links.`);
  return `/**
 * The names of the zones and links of the IANA database, release ${release}, in its spelling.
 * \`npm run time-zones\` generates this file; change scripts/time-zone-names.ts instead.
 */
export const TIME_ZONE_NAMES: readonly string[] = \`
${filled(names.filter((name) => name !== NO_ZONE).toSorted())}
\`
  .trim()
  .split(/\\s+/);
`;
}

function filled(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const line = `${lines.at(-1)} ${name}`;
    if (lines.length > 0 && line.length <= LINE_LENGTH) lines[lines.length - 1] = line;
    else lines.push(name);
  }
  return lines.join('\n');
}
