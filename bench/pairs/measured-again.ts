import type { Operation } from './operation.js';
import { aboveGoal, pairTable } from './pair-report.js';
import type { Rounds } from './rounds.js';

/**
 * Measures the operations, and those above the goal a second time. The exit status is 1 if a ratio is above the goal twice.
 * @returns the report
 */
export async function measuredAgain(
  rounds: Rounds,
  operations: readonly Operation[],
  count: number,
  names: readonly [first: string, second: string],
  goal: number,
): Promise<string> {
  const results = await rounds.measure(operations, count);
  const above = aboveGoal(results, goal);
  if (above.length === 0) return pairTable(names, results, goal);
  const again = await rounds.measure(
    operations.filter(({ name }) => above.includes(name)),
    count,
  );
  const twice = aboveGoal(again, goal);
  if (twice.length > 0) process.exitCode = 1;
  return [
    pairTable(names, results, goal),
    'Measured a second time, because the ratio was above the goal:',
    pairTable(names, again, goal),
    ...twice.map((name) => `**Above the goal twice: ${name}.**`),
  ].join('\n\n');
}
