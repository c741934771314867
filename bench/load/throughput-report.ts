import { millis, numberOf, times } from '../pairs/pair-report.js';
import { quantile } from '../scheduling/requests.js';
import type { Throughput } from './callers.js';

/** The rows by name, with the method of the requests. */
const TIMES = [
  ['reads, p50, ms', 'GET', 0.5],
  ['reads, p99, ms', 'GET', 0.99],
  ['creations, p50, ms', 'POST', 0.5],
  ['creations, p99, ms', 'POST', 0.99],
] as const;

/** Compares the throughput of the service with that of the bare one. */
export function throughputTable(bare: Throughput, service: Throughput): string {
  const rates = [bare, service].map(({ calls, seconds }) => calls / seconds);
  return [
    '| | bare service | service | multiple |',
    '|---|---:|---:|---:|',
    `| requests a second | ${rates.map((rate) => numberOf(Math.round(rate))).join(' | ')} | ${times(rates[0] / rates[1])} |`,
    ...TIMES.map(([name, method, share]) => {
      const [first, second] = [bare, service].map((of) => quantile(of.times.get(method) ?? [], share));
      return row(name, first, second);
    }),
    row('all, p99, ms', bare.p99, service.p99),
  ].join('\n');
}

function row(name: string, bare: number, service: number): string {
  return `| ${[name, millis(bare), millis(service), times(service / bare)].join(' | ')} |`;
}
