import { cpus } from 'node:os';
import type { Row, Timing } from './measure.js';

export interface RowResult {
  readonly row: Row;
  readonly timings: ReadonlyMap<string, Timing>;
}

/** Results as a Markdown table: medians, and in brackets the ratio to the first column. */
export function tableOf(results: readonly RowResult[]): string {
  const engines = [...new Set(results.flatMap(({ timings }) => [...timings.keys()]))];
  const lines = [
    `| median µs | ${engines.join(' | ')} | made |`,
    `|---|${engines.map(() => '---:|').join('')}---|`,
    ...results.map(({ row, timings }) => {
      const first = timings.get(engines[0])?.micros ?? Number.NaN;
      const cells = engines.map((engine) => cellOf(timings.get(engine), first));
      const made = [...new Set([...timings.values()].map((timing) => timing.made))].join(' / ');
      return `| ${row.name} | ${cells.join(' | ')} | ${made} |`;
    }),
  ];
  return lines.join('\n');
}

/** The machine and the versions of a measurement. */
export function machine(): string {
  const [processor] = cpus();
  return `Node ${process.version}, ICU ${process.versions.icu}, tz ${process.versions.tz}, ${cpus().length} × ${processor?.model.trim() ?? 'unknown'}`;
}

function cellOf(timing: Timing | undefined, first: number): string {
  if (!timing) return '–';
  const { micros } = timing;
  const ratio = micros / first;
  const rounded = micros >= 100 ? Math.round(micros).toLocaleString('en-US') : micros.toPrecision(3);
  return ratio === 1
    ? rounded
    : `${rounded} (${ratio >= 10 ? Math.round(ratio).toLocaleString('en-US') : ratio.toPrecision(2)}×)`;
}
