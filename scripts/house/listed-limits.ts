import type { Finding, SourceFile } from './finding.js';

const EXPORTED_LIMIT = /^export const (MAX_\w+)/gm;

/**
 * Finds the limits that a file of src exports as `MAX_…` and the list of limits does not name in backticks.
 * @param list the document that lists every limit
 */
export function limitFindings(list: SourceFile, files: readonly SourceFile[]): Finding[] {
  const listed = new Set([...list.text.matchAll(/`(MAX_\w+)`/g)].map(([, name]) => name));
  return files
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap(({ path, text }) => [...text.matchAll(EXPORTED_LIMIT)].map(([, name]) => ({ path, name })))
    .filter(({ name }) => !listed.has(name))
    .map(({ path, name }) => ({ path, problem: `exports \`${name}\`, which ${list.path} does not list` }));
}
