import { Groups } from './groups.js';
import { insertFaults } from './insert-faults.js';
import { type Query, queriesOf, type TableUse } from './tokens.js';

const TENANT = 'tenant_id';

const CHECKED = new Set(['select', 'with', 'insert', 'update', 'delete', 'values']);

const BEFORE_TABLE = new Set(['from', 'join', 'into', 'update', 'using', 'only']);

/** Words that are no alias. */
const AFTER_TABLE = new Set(
  `where set join on left inner cross right full natural using order group limit offset for returning values default
   select having window fetch with`.split(/\s+/),
);

/** Words that begin a clause, and whether its comparisons are conditions of the query. */
const CLAUSES = new Map([
  ...['where', 'on'].map((word) => [word, 'condition'] as const),
  ...['select', 'set', 'group', 'order', 'returning', 'into', 'values', 'limit'].map(
    (word) => [word, 'other'] as const,
  ),
  ...['from', 'join', 'using'].map((word) => [word, 'from'] as const),
]);

/**
 * The tables of a statement that it reads, changes or deletes without a tenant, and the inserts that name none. A table
 * has its tenant if a condition of its query compares its `tenant_id` with a value, or with the `tenant_id` of a table
 * that has it. A comment `-- all tenants` excepts the tables of the query that it is in.
 */
export function tenantFaults(statement: string, tables: ReadonlySet<string>): string[] {
  const queries = queriesOf(statement);
  const [first] = queries[0]?.filter(({ kind }) => kind !== 'marker') ?? [];
  if (!first || !CHECKED.has(first.text)) return [];
  const check = new StatementCheck(tables);
  for (const query of queries) check.read(query);
  return check.faults();
}

/** Whether a query of the statement is excepted. */
export function isMarked(statement: string): boolean {
  const has = (query: Query): boolean =>
    query.some((token) => token.kind === 'marker' || (token.kind === 'query' && token.queries.some(has)));
  return queriesOf(statement).some(has);
}

class StatementCheck {
  private readonly uses: TableUse[] = [];
  /** Uses of tables of one tenant. */
  private readonly groups = new Groups<TableUse>();
  private readonly found: string[] = [];

  constructor(private readonly tables: ReadonlySet<string>) {}

  faults(): string[] {
    const withoutTenant = this.uses.filter((use) => !use.isInserted && !this.groups.isAnchored(use));
    return [
      ...this.found,
      ...withoutTenant.map(({ table, alias }) => (alias === table ? table : `${table} ${alias}`)),
    ];
  }

  read(marked: Query): void {
    const query = marked.filter(({ kind }) => kind !== 'marker');
    const uses = usesIn(query, this.tables);
    if (query.length === marked.length) {
      this.uses.push(...uses);
      for (const use of uses.filter(({ isInserted }) => isInserted))
        this.found.push(...insertFaults(query, use));
      this.compare(query, uses);
    }
    for (const token of query)
      if (token.kind === 'query') for (const inner of token.queries) this.read(inner);
  }

  /** The tables of the queries around this one have their own conditions, and count as values here. */
  private compare(query: Query, uses: readonly TableUse[]): void {
    const clauses = clausesOf(query);
    for (const [index, { kind, text }] of query.entries()) {
      if (kind === 'symbol' || text !== TENANT) continue;
      const start = query[index - 1]?.text === '.' ? index - 2 : index;
      if (clauses[start] === 'from') {
        // JOIN … USING (tenant_id, …)
        for (const use of uses) this.groups.join(use, uses[0]);
        continue;
      }
      if (clauses[start] !== 'condition') continue;
      const own = ownerOf(query, start, uses);
      const others = comparedWith(query, start, index);
      for (const use of own) for (const other of others) this.equate(use, ownerOf(query, other, uses));
    }
  }

  /** @param partners the tables of the other operand; none: it is a value */
  private equate(use: TableUse, partners: readonly TableUse[]): void {
    if (partners.length === 0) this.groups.anchor(use);
    for (const partner of partners) this.groups.join(use, partner);
  }
}

/** The tables whose `tenant_id` an operand is; none: it is a value. */
function ownerOf(query: Query, start: number, uses: readonly TableUse[]): readonly TableUse[] {
  const selected = uses.filter(({ isInserted }) => !isInserted);
  const [first, dot, column] = query.slice(start, start + 3);
  if (dot?.text === '.')
    return column?.text === TENANT ? selected.filter(({ alias }) => alias === first?.text) : [];
  return first?.text === TENANT ? selected : [];
}

/** Where the operands begin that `=`, `IN` or a comparison of rows compares with the operand. */
function comparedWith(query: Query, start: number, end: number): number[] {
  const after = query[end + 1]?.text;
  if (after === '=' || after === 'in') return [end + 2];
  if (query[start - 1]?.text === '=') {
    const before = start - 2;
    return [query[before - 1]?.text === '.' ? before - 2 : before];
  }
  const place = placeInRow(query, start);
  if (place === null) return [];
  if (query[place.end + 1]?.text === 'in') return [place.end + 2];
  if (query[place.end + 1]?.text === '=') return inRow(query, place.end + 2, place.index);
  const isSecond = query[place.start - 1]?.text === '=' && query[place.start - 2]?.text === ')';
  return isSecond ? inRow(query, openingOf(query, place.start - 2), place.index) : [];
}

/** The index of the parenthesis that the one at `end` closes. */
function openingOf(query: Query, end: number): number {
  let start = end;
  for (let depth = 0; start > 0; start -= 1) {
    const text = query[start]?.text;
    if (text === ')') depth += 1;
    if (text === '(') depth -= 1;
    if (depth === 0) break;
  }
  return start;
}

interface PlaceInRow {
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

/** The parentheses around an operand, and how many operands are before it. */
function placeInRow(query: Query, operand: number): PlaceInRow | null {
  let index = 0;
  let start = operand - 1;
  for (let depth = 0; start >= 0; start -= 1) {
    const text = query[start]?.text;
    if (text === ')') depth += 1;
    if (text === '(' && depth === 0) break;
    if (text === '(') depth -= 1;
    if (text === ',' && depth === 0) index += 1;
  }
  let end = operand;
  for (let depth = 0; end < query.length; end += 1) {
    const text = query[end]?.text;
    if (text === '(') depth += 1;
    if (text === ')' && depth === 0) break;
    if (text === ')') depth -= 1;
  }
  return start < 0 || end === query.length ? null : { start, end, index };
}

/** Where the operand of a row begins. */
function inRow(query: Query, start: number, index: number): number[] {
  let place = start + 1;
  let commas = index;
  for (let depth = 0; commas > 0 && place < query.length; place += 1) {
    const text = query[place]?.text;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (text === ',' && depth === 0) commas -= 1;
  }
  return [place];
}

function clausesOf(query: Query): string[] {
  let clause = 'other';
  return query.map(({ kind, text }, index) => {
    const begun = kind === 'word' && query[index - 1]?.text !== '.' ? CLAUSES.get(text) : undefined;
    clause = text === 'on' && query[index + 1]?.text === 'conflict' ? 'other' : (begun ?? clause);
    return clause;
  });
}

function usesIn(query: Query, tables: ReadonlySet<string>): TableUse[] {
  const clauses = clausesOf(query);
  return query.flatMap(({ kind, text: table }, index) => {
    if ((kind !== 'word' && kind !== 'quoted') || !tables.has(table)) return [];
    const before = query[index - 1]?.text ?? '';
    const isUse = BEFORE_TABLE.has(before) || (before === ',' && clauses[index] === 'from');
    if (!isUse) return [];
    const [next, afterNext] = [query[index + 1], query[index + 2]];
    const isInserted = before === 'into';
    if (next?.text === 'as') return [{ table, alias: afterNext?.text ?? table, isInserted, end: index + 3 }];
    const hasAlias = next?.kind === 'quoted' || (next?.kind === 'word' && !AFTER_TABLE.has(next.text));
    return [{ table, alias: hasAlias ? next.text : table, isInserted, end: index + (hasAlias ? 2 : 1) }];
  });
}
