/**
 * The specs of one room of the core, or of all of it and the conformance tests, in one test file: jest takes 0.1 s to
 * start each file, and `npm run test:mutation` runs them once for each mutant.
 */
import { readdirSync } from 'node:fs';

const room = process.env.ROOM;
const folders = room === undefined ? ['src/calendar', 'test/conformance'] : [`src/calendar/${room}`];

for (const folder of folders) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.spec.ts')))
    await import(`../../${folder}/${file}`);
}
