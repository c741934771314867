/** Fails if the sources break a rule of the house that the other checks do not know. It names each place. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import type { SourceFile } from './house/finding.js';
import { circleFindings } from './house/folder-circles.js';
import { nameFindings } from './house/named-symbols.js';
import { purityFindings } from './house/pure-core.js';
import { sizeFindings } from './house/sizes.js';

const FOLDERS = ['src', 'packages', 'scripts'];

/** Folders that a build or an installation makes. */
const MADE = /(?:^|\/)(?:dist|node_modules)\//;

const paths = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
    .filter((path) => !MADE.test(path)),
);
const files = paths.filter((path) => path.endsWith('.ts')).map(read);
const folders = new Set(paths.flatMap(ancestorsOf));
const roots = readdirSync('.', { withFileTypes: true }).map(({ name }) => name);

const findings = [
  ...sizeFindings(files),
  ...circleFindings(files),
  ...purityFindings(files),
  ...nameFindings(read('ARCHITECTURE.md'), files, [...paths, ...folders, ...roots]),
];
for (const { path, problem } of findings) process.stderr.write(`${path} ${problem}.\n`);
if (findings.length > 0) process.exitCode = 1;
else process.stdout.write(`${files.length} files keep the rules of the house.\n`);

function read(path: string): SourceFile {
  return { path, text: readFileSync(path, 'utf8') };
}

function ancestorsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === '.' ? [] : [parent, ...ancestorsOf(parent)];
}
