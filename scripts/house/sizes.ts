import { dirname } from 'node:path/posix';
import type { Finding, SourceFile } from './finding.js';

/** A longer file does more than one thing. */
const MAX_LINES = 250;

/** A fuller folder hides its files; it needs folders of its own. */
const MAX_FILES = 18;

/** Each migration is a file that never changes again, so their folder only grows. */
const GROWING = /(?:^|\/)migrations$/;

export function sizeFindings(files: readonly SourceFile[]): Finding[] {
  const long = files.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1;
    return lines > MAX_LINES ? [{ path, problem: `has ${lines} lines, more than ${MAX_LINES}` }] : [];
  });
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  const full = [...counts]
    .filter(([folder, count]) => count > MAX_FILES && !GROWING.test(folder))
    .map(([path, count]) => ({ path, problem: `has ${count} files, more than ${MAX_FILES}` }));
  return [...long, ...full];
}
