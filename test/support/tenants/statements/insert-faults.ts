import type { Query, TableUse, Token } from './tokens.js';

const TENANT = 'tenant_id';

/** Unique keys over all tenants, and their reason. */
const KEYS_OVER_TENANTS: Readonly<Record<string, string>> = {
  'api_keys (hash)': 'the key that an operator has chosen is one key, of whichever tenant',
};

/** What an insert lacks: the column, a value for it, or the column in the key of `ON CONFLICT`. */
export function insertFaults(query: Query, { table, end }: TableUse): string[] {
  const columns = listAt(query, end);
  const place = columns?.findIndex(([column]) => column?.text === TENANT) ?? -1;
  if (columns === null || place === -1) return [`the columns of an insert into ${table}`];
  const faults: string[] = [];
  const values = query.findIndex(({ kind, text }) => kind === 'word' && text === 'values');
  for (let row = values === -1 ? query.length : values + 1; query[row]?.text === '('; ) {
    const list = listAt(query, row) as Token[][];
    if (list[place]?.[0]?.text === 'default') faults.push(`the values of an insert into ${table}`);
    row += 3 + list.flat().length + Math.max(list.length - 1, 0);
  }
  const conflict = query.findIndex(({ text }) => text === 'conflict');
  const key = conflict === -1 ? null : listAt(query, conflict + 1);
  const names = key?.map(([column]) => column?.text) ?? [TENANT];
  if (!names.includes(TENANT) && !(`${table} (${names.join(', ')})` in KEYS_OVER_TENANTS))
    faults.push(`the ON CONFLICT of an insert into ${table}`);
  return faults;
}

/** The elements of the list in parentheses that begins at an index; null: none begins there. */
function listAt(query: Query, start: number): Token[][] | null {
  if (query[start]?.text !== '(') return null;
  const elements: Token[][] = [[]];
  for (let index = start + 1, depth = 0; index < query.length; index += 1) {
    const token = query[index];
    if (token.text === '(') depth += 1;
    if (token.text === ')' && depth === 0) break;
    if (token.text === ')') depth -= 1;
    if (token.text === ',' && depth === 0) elements.push([]);
    else elements.at(-1)?.push(token);
  }
  return elements;
}
