import { dirname, join } from 'node:path/posix';
import { type Finding, type SourceFile, sourcesOf } from './finding.js';

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']*)'/g;

/**
 * Finds folders that import each other in a circle, at each depth: the folders of `src`, the folders of each of them, and
 * so on. A file belongs to the first folders of its path, so a folder and its own folders may form no circle either.
 */
export function circleFindings(files: readonly SourceFile[]): Finding[] {
  const sources = sourcesOf(files);
  const depths = sources.map(({ path }) => path.split('/').length - 2);
  const found = new Map<string, Finding>();
  for (let depth = 1; depth <= Math.max(0, ...depths); depth += 1) {
    for (const circle of circlesOf(importsOfFolders(sources, depth))) {
      const path = circle.join(' ↔ ');
      found.set(path, { path, problem: 'import each other in a circle' });
    }
  }
  return [...found.values()];
}

/** The folders that each folder imports. */
function importsOfFolders(files: readonly SourceFile[], depth: number): Map<string, Set<string>> {
  const folderOf = (path: string): string =>
    dirname(path)
      .split('/')
      .slice(0, depth + 1)
      .join('/');
  const imports = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    const from = folderOf(path);
    const targets = imports.get(from) ?? new Set();
    imports.set(from, targets);
    for (const [, target = ''] of text.matchAll(IMPORT)) {
      const to = folderOf(join(dirname(path), target));
      if (to !== from) targets.add(to);
    }
  }
  return imports;
}

/** The sets of folders that reach each other, each sorted. */
function circlesOf(imports: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const reached = new Map([...imports.keys()].map((folder) => [folder, reachableFrom(folder, imports)]));
  const circles = [...imports.keys()].flatMap((folder) => {
    const others = [...(reached.get(folder) ?? [])].filter((other) => reached.get(other)?.has(folder));
    return others.includes(folder) ? [others.toSorted()] : [];
  });
  return [...new Map(circles.map((circle) => [circle.join(), circle])).values()];
}

function reachableFrom(start: string, imports: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set<string>();
  const waiting = [start];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const next of imports.get(folder) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(next);
    }
  }
  return reached;
}
