import { describe, expect, test } from '@jest/globals';
import type { PlanNode } from './plan.js';
import { checkedPlan, worstPlans } from './plan-check.js';

const SIZES = new Map([
  ['events', 1_000_000],
  ['rooms', 20],
]);

function node(type: string, rows: number, more: Partial<PlanNode> = {}): PlanNode {
  return { 'Node Type': type, 'Actual Rows': rows, 'Actual Loops': 1, ...more };
}

function faultsOf(plan: PlanNode): readonly string[] {
  return checkedPlan({ statement: 'SELECT', plan }, SIZES).faults;
}

describe('the check of a plan', () => {
  test.each([
    ['a large table', 'events', ['a sequential scan of events']],
    ['a small table', 'rooms', []],
  ])('finds a sequential scan of %s', (_, table, expected) => {
    expect(faultsOf(node('Seq Scan', 5, { 'Relation Name': table }))).toEqual(expected);
  });

  test('counts the rows of all loops, also those that a filter drops', () => {
    const scan = node('Index Scan', 1, {
      'Relation Name': 'events',
      'Actual Loops': 100,
      'Rows Removed by Filter': 9,
    });
    expect(faultsOf(node('Nested Loop', 100, { Plans: [scan] }))).toEqual(['1000 rows read for 100 used']);
  });

  test('counts the rows that an aggregate returns as one', () => {
    const scan = node('Index Scan', 1_000, { 'Relation Name': 'events' });
    expect(faultsOf(node('Aggregate', 1, { Strategy: 'Plain', Plans: [scan] }))).toEqual([]);
    expect(faultsOf(node('Limit', 1, { Plans: [scan] }))).toEqual(['1000 rows read for 1 used']);
  });

  test('does not count a node that was not executed', () => {
    expect(faultsOf(node('Seq Scan', 0, { 'Relation Name': 'events', 'Actual Loops': 0 }))).toEqual([]);
  });
});

test('the worst plan of a statement is the one with a fault, and then the one that reads most', () => {
  const plans = [5, 400, 50].map((rows) =>
    checkedPlan(
      {
        statement: 'SELECT',
        plan: node('Limit', 1, { Plans: [node('Index Scan', rows, { 'Relation Name': 'events' })] }),
      },
      SIZES,
    ),
  );
  expect(worstPlans(plans).map(({ read }) => read)).toEqual([400]);
});
