/** A node of a plan, as `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)` writes it. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Subplan Name'?: string;
  readonly Strategy?: string;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** A statement that the service has executed, and its plan. */
export interface Explained {
  readonly statement: string;
  readonly plan: PlanNode;
}

/** The node and all nodes below it. */
export function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* nodesOf(child);
}

/** The plan as a tree of lines. */
export function treeOf(node: PlanNode, depth = 0): string {
  const {
    'Node Type': type,
    'Subplan Name': subplan,
    'Relation Name': table,
    'Index Name': index,
    'Actual Rows': rows,
    'Actual Loops': loops,
    'Rows Removed by Filter': filtered = 0,
    'Rows Removed by Index Recheck': rechecked = 0,
    'Shared Hit Blocks': hit = 0,
    'Shared Read Blocks': read = 0,
  } = node;
  const removed = filtered + rechecked;
  const line = [
    '  '.repeat(depth),
    subplan === undefined ? '' : `${subplan}: `,
    type,
    index === undefined ? '' : ` using ${index}`,
    table === undefined ? '' : ` on ${table}`,
    ` (rows=${rows} loops=${loops}${removed > 0 ? ` removed=${removed}` : ''} blocks=${hit}+${read})`,
  ].join('');
  return [line, ...(node.Plans ?? []).map((child) => treeOf(child, depth + 1))].join('\n');
}
