import { millis, times } from '../pairs/pair-report.js';
import type { Question } from './questions.js';
import { quantile, type Timings } from './requests.js';

export interface Result {
  readonly question: Question;
  /** The timings of `empty`, `index`, `sweep` and `service`. */
  readonly timings: ReadonlyMap<string, Timings>;
}

/** Compares each request with its floor. */
export function resultTable(results: readonly Result[]): string {
  return table(
    [
      '',
      'windows read',
      'index',
      'sweep',
      'empty request',
      'service',
      'p99',
      'of floor',
      'of floor, less an empty request',
    ],
    results.map((result) => {
      const { name, windows } = result.question;
      const [index, sweep, empty, service] = ['index', 'sweep', 'empty', 'service'].map((of) =>
        median(result, of),
      );
      const floor = index + sweep;
      return [
        name,
        windows === undefined ? '1' : windows.toFixed(1),
        millis(index),
        millis(sweep),
        millis(empty),
        millis(service),
        millis(quantile(timingsOf(result, 'service'), 0.99)),
        times(service / floor),
        times((service - empty) / floor),
      ];
    }),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), `|---|${'---:|'.repeat(head.length - 1)}`, ...rows.map(row)].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function timingsOf({ timings }: Result, of: string): Timings {
  return timings.get(of) ?? [];
}

function median(result: Result, of: string): number {
  return quantile(timingsOf(result, of), 0.5);
}
