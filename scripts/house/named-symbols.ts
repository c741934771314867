import type { Finding, SourceFile } from './finding.js';

/** A word in backticks that names something of the code: `EventWriter`, `events/write`, `admission.ts`, `MAX_ID`. */
const IN_BACKTICKS = /`([^`\n]+)`/g;
const IDENTIFIER = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*(?:\(\))?$/;
const PATH = /^[\w.-]+(?:\/[\w.*-]+)*\/?$/;

/**
 * Finds names in the backticks of a document that the code does not have.
 * @param paths the paths of all files and folders, from the root
 */
export function nameFindings(
  document: SourceFile,
  files: readonly SourceFile[],
  paths: readonly string[],
): Finding[] {
  const words = new Set(files.flatMap(({ text }) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
  const names = new Set([...document.text.matchAll(IN_BACKTICKS)].map(([, name = '']) => name));
  return [...names]
    .filter((name) => (name.includes('/') || IDENTIFIER.test(name)) && !exists(name, words, paths))
    .map((name) => ({ path: document.path, problem: `names \`${name}\`, which does not exist` }));
}

function exists(name: string, words: ReadonlySet<string>, paths: readonly string[]): boolean {
  const ends = name.replace(/^\.?\//, '').replace(/\/\*?$/, '');
  if (PATH.test(name) && paths.some((path) => path === ends || path.endsWith(`/${ends}`))) return true;
  if (name.includes('/')) return !PATH.test(name);
  return name
    .replace(/\(\)$/, '')
    .split('.')
    .every((word) => words.has(word));
}
