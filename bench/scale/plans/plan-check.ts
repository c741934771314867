import { type Explained, nodesOf, type PlanNode } from './plan.js';

/** Rows. A sequential scan of a smaller table is no fault. */
const LARGE_TABLE = 10_000;

/** The rows that a statement may read for each row that it uses, and besides. */
const READ_PER_USED = 4;
const READ_BESIDES = 50;

export interface CheckedPlan extends Explained {
  /** The rows of large tables that the statement read, also those that it then dropped. */
  readonly read: number;
  /** The rows that the statement returned, wrote, or aggregated into its result. */
  readonly used: number;
  readonly blocks: number;
  /** The indexes and tables that the statement read. */
  readonly scans: readonly string[];
  readonly faults: readonly string[];
}

/** Checks a plan. @param sizes the rows of each table */
export function checkedPlan(explained: Explained, sizes: ReadonlyMap<string, number>): CheckedPlan {
  const { plan } = explained;
  const isLarge = ({ 'Relation Name': table = '' }: PlanNode): boolean =>
    (sizes.get(table) ?? 0) >= LARGE_TABLE;
  const scans = [...nodesOf(plan)].filter(
    (node) => node['Node Type'].endsWith('Scan') && node['Actual Loops'] > 0,
  );
  const large = scans.filter(isLarge);
  const read = sumOf(large, examinedBy);
  const used = usedBy(plan);
  const sequential = large.filter((node) => node['Node Type'] === 'Seq Scan');
  return {
    ...explained,
    read,
    used,
    blocks: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0),
    scans: [...new Set(scans.map((node) => node['Index Name'] ?? node['Relation Name'] ?? ''))].filter(
      (name) => name !== '',
    ),
    faults: [
      ...sequential.map((node) => `a sequential scan of ${node['Relation Name']}`),
      ...(read > READ_PER_USED * used + READ_BESIDES
        ? [`${Math.round(read)} rows read for ${Math.round(used)} used`]
        : []),
    ],
  };
}

/** The statements by their text, each with the plan that read most. */
export function worstPlans(plans: readonly CheckedPlan[]): CheckedPlan[] {
  const worst = new Map<string, CheckedPlan>();
  for (const plan of plans) {
    const known = worst.get(plan.statement);
    const isWorse = !known || (plan.faults.length - known.faults.length || plan.read - known.read) > 0;
    if (isWorse) worst.set(plan.statement, plan);
  }
  return [...worst.values()].toSorted((a, b) => b.read - a.read);
}

function examinedBy(node: PlanNode): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return (node['Actual Rows'] + removed) * node['Actual Loops'];
}

/** The rows at the top, and those that go into an aggregate of one row or into a table. */
function usedBy(plan: PlanNode): number {
  const sinks = [...nodesOf(plan)].filter(
    (node) =>
      (node['Node Type'] === 'Aggregate' && node.Strategy === 'Plain') || node['Node Type'] === 'ModifyTable',
  );
  const intoSinks = sinks
    .flatMap((node) => node.Plans ?? [])
    .filter((node) => node['Subplan Name'] === undefined);
  return rowsOf(plan) + sumOf(intoSinks, rowsOf);
}

function rowsOf(node: PlanNode): number {
  return node['Actual Rows'] * node['Actual Loops'];
}

function sumOf(nodes: readonly PlanNode[], value: (node: PlanNode) => number): number {
  return nodes.reduce((sum, node) => sum + value(node), 0);
}
