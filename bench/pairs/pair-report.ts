import { loadavg } from 'node:os';
import type { Measured } from './rounds.js';

/** Compares the peers. @param goals the most that the ratio of each row should be */
export function pairTable(
  names: readonly [first: string, second: string],
  results: ReadonlyMap<string, Measured>,
  goal: number,
): string {
  const rows = [...results].map(([name, { first, second, ratio }]) => {
    const processor = [first, second].map(({ node, postgres }) => node + postgres);
    const cells = [
      name,
      millis(first.median),
      millis(second.median),
      `${times(ratio)}${ratio > goal ? ' (above)' : ''}`,
      times(goal),
      ...processor.map(millis),
      times(processor[1] / processor[0]),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const [first, second] = names;
  return [
    `| request | ${first}, p50, ms | ${second}, p50, ms | ratio | goal | ${first}, ms of processor | ${second}, ms of processor | ratio |`,
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

/** The names of the rows whose ratio is above the goal. */
export function aboveGoal<Name extends string>(results: ReadonlyMap<Name, Measured>, goal: number): Name[] {
  return [...results].filter(([, { ratio }]) => !(ratio <= goal)).map(([name]) => name);
}

export function loadNow(): string {
  return loadavg()
    .map((load) => load.toFixed(2))
    .join(', ');
}

export function numberOf(value: number): string {
  return value.toLocaleString('en-US');
}

export function millis(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

export function times(ratio: number): string {
  return `${ratio.toFixed(2)}×`;
}
