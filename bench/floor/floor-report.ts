import { millis } from '../pairs/pair-report.js';
import type { Measured } from '../pairs/rounds.js';
import { BOUNDS, type OperationName } from './bounds.js';

export type Results = ReadonlyMap<OperationName, Measured>;

/** The operations whose ratio is above its bound. */
export function overBound(results: Results): OperationName[] {
  return [...results].filter(([name, { ratio }]) => !(ratio <= BOUNDS[name].bound)).map(([name]) => name);
}

/** The times of the responses. */
export function latencyTable(results: Results): string {
  const rows = [...results].map(([name, { first: bare, second: service, ratio }]) => {
    const { goal, bound } = BOUNDS[name];
    const times = [millis(bare.median), millis(service.median), `${ratio.toFixed(1)}×`];
    return `| ${[name, ...times, `${goal}×`, `${bound}×`].join(' | ')} |`;
  });
  return [
    '| request | bare service, p50, ms | service, p50, ms | ratio | goal | bound |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

/** The processor time of the responses. */
export function processorTable(results: Results): string {
  const rows = [...results].map(([name, { first: bare, second: service }]) => {
    const times = [bare.node, bare.postgres, service.node, service.postgres].map(millis);
    const ratio = (service.node + service.postgres) / (bare.node + bare.postgres);
    return `| ${[name, ...times, `${ratio.toFixed(1)}×`].join(' | ')} |`;
  });
  return [
    '| request | bare service, ms | its PostgreSQL, ms | service, ms | its PostgreSQL, ms | ratio of the sums |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}
