import type { Keep } from '../../scenario.js';
import { treeOf } from './plan.js';
import type { CheckedPlan } from './plan-check.js';

/** The table lists no statement that reads fewer rows. */
const FEW_ROWS = 10;

/** The longest part of a statement in the table. */
const MAX_STATEMENT = 70;

/** Reports the plans of each kind of request, and keeps them. The exit status is 1 if one has a fault. */
export async function planReport(
  plans: ReadonlyMap<string, readonly CheckedPlan[]>,
  keep: Keep,
): Promise<string> {
  const rows: string[] = [];
  const faults: string[] = [];
  for (const [name, ofName] of plans) {
    await keep(`plans/${name.replaceAll(/[^a-z0-9]+/g, '-')}.txt`, `${ofName.map(textOf).join('\n\n')}\n`);
    for (const plan of ofName) {
      if (plan.read >= FEW_ROWS || plan.faults.length > 0) rows.push(rowOf(name, plan));
      faults.push(
        ...plan.faults.map((fault) => `**A plan of "${name}": ${fault}, by \`${startOf(plan)}\`.**`),
      );
    }
  }
  if (faults.length > 0) process.exitCode = 1;
  return [
    'The plans of the statements on the large database (`auto_explain`; [all of them](plans/)), each with the execution that read most, if it read ten rows. Read: rows of large tables, also those that a filter drops. Used: the rows that the statement returned, wrote or aggregated.',
    [
      '| request | statement | rows read | used | blocks | by |',
      '|---|---|---:|---:|---:|---|',
      ...rows,
    ].join('\n'),
    faults.length === 0
      ? 'No plan has a sequential scan of a large table or reads rows out of proportion to those used.'
      : faults.join('\n\n'),
  ].join('\n\n');
}

function rowOf(name: string, plan: CheckedPlan): string {
  const numbers = [plan.read, plan.used, plan.blocks].map((value) => Math.round(value));
  return `| ${[name, `\`${startOf(plan)}\``, ...numbers, plan.scans.join(', ')].join(' | ')} |`;
}

function startOf({ statement }: CheckedPlan): string {
  const start = statement.length > MAX_STATEMENT ? `${statement.slice(0, MAX_STATEMENT)}…` : statement;
  return start.replaceAll('|', String.raw`\|`);
}

function textOf({ statement, plan }: CheckedPlan): string {
  return `${statement}\n${treeOf(plan)}`;
}
