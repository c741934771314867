import type { Finding, SourceFile } from './finding.js';
import { codeOf } from './source-text.js';

const EXPORT =
  /^export (?:(?:abstract|async|declare|default) )*(?:class|const|enum|function\*?|interface|let|type) ([\w$]+)/gm;

/**
 * Finds names that two files of the service export, or two files of one package. A reader who meets such a name has to look
 * up which one is meant.
 */
export function repeatedNameFindings(files: readonly SourceFile[]): Finding[] {
  const exporters = new Map<string, string[]>();
  for (const { path, text } of files.filter((file) => !file.path.endsWith('.spec.ts'))) {
    const [, owner = 'the service'] = /^(packages\/[^/]+)\//.exec(path) ?? [];
    const names = new Set([...codeOf(text).matchAll(EXPORT)].map(([, name = '']) => name));
    for (const name of names) {
      const key = `${owner} ${name}`;
      exporters.set(key, [...(exporters.get(key) ?? []), path]);
    }
  }
  return [...exporters].flatMap(([key, paths]) => {
    const name = key.slice(key.lastIndexOf(' ') + 1);
    if (paths.length === 1) return [];
    return [{ path: paths.join(' and '), problem: `export the same name \`${name}\`` }];
  });
}
