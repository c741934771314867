/** Fails if the sources break a rule of the house that no other check covers. Prints each place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import type { SourceFile } from './house/finding.js';
import { circleFindings } from './house/folder-circles.js';
import { limitFindings } from './house/listed-limits.js';
import { nameFindings } from './house/named-symbols.js';
import { tableFindings } from './house/own-tables.js';
import { purityFindings } from './house/pure-core.js';
import { repeatedNameFindings } from './house/repeated-names.js';
import { sizeFindings } from './house/sizes.js';
import { wireNameFindings } from './house/wire-names.js';

/** The sources; tests outside of them may be longer. */
const SOURCES = /^(?:src|packages|scripts)\/.+\.ts$/;

/** Folders that a build, an installation or git makes. */
const MADE = /^(?:\..+|dist|node_modules|coverage)$/;

const paths = entriesOf('.');
const files = paths.filter((path) => SOURCES.test(path)).map(read);

const limits = read('docs/limits.md');

const findings = [
  ...sizeFindings(files),
  ...circleFindings(files),
  ...purityFindings(files),
  ...tableFindings(files),
  ...nameFindings(read('ARCHITECTURE.md'), files, paths),
  ...repeatedNameFindings(files),
  ...wireNameFindings(files),
  ...nameFindings(limits, files, paths),
  ...limitFindings(limits, files),
];
for (const { path, problem } of findings) process.stderr.write(`${path} ${problem}.\n`);
if (findings.length > 0) process.exitCode = 1;
else process.stdout.write(`${files.length} files keep the rules of the house.\n`);

function read(path: string): SourceFile {
  return { path, text: readFileSync(path, 'utf8') };
}

/** The paths of all files and folders below a folder, from the root. */
function entriesOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !MADE.test(name));
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
  return [...entries.map(({ name }) => join(folder, name)), ...below.flatMap(entriesOf)];
}
