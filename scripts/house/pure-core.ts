import type { Finding, SourceFile } from './finding.js';
import { codeOf } from './source-text.js';

/** Reads of the clock, of randomness and of the environment, aliases of their objects, and timers. */
const IMPURE = [
  /\bDate\.now\b/,
  /\bnew Date\(\s*\)/,
  /(?<!new )\bDate\(\s*\)/,
  /\bMath\.random\b/,
  /(?<![.\w])(?:process|performance|crypto|console|globalThis)\b(?=[.[])/,
  /=\s*(?:Date|Math|process|performance|crypto|globalThis)\s*[;,)]/,
  // Local time is the time in the zone of the environment.
  /\.(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)\(/,
  /\.toLocale\w*String\(/,
  /\bDateTimeFormat\(\s*\)/,
  /(?<![.\w])(?:setTimeout|setInterval|setImmediate|queueMicrotask|fetch)\(/,
];

/** Finds code of the core whose result depends on more than its arguments. */
export function purityFindings(files: readonly SourceFile[]): Finding[] {
  return files
    .filter(({ path }) => path.startsWith('src/calendar/') && !path.endsWith('.spec.ts'))
    .flatMap(({ path, text }) => {
      const code = codeOf(text);
      return IMPURE.flatMap((pattern) => {
        const match = pattern.exec(code);
        return match === null ? [] : [{ path, problem: `uses ${match[0]}, which the core must not` }];
      });
    });
}
