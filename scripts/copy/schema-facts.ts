import type { Client } from 'pg';
import { MIGRATIONS_TABLE } from '../../src/database/examination/database-facts.js';

/** Whether a schema has the service's tables. */
export async function hasTables(client: Client, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass(format('%I.%I', $1::text, $2::text)) IS NOT NULL AS found`,
    [schema, MIGRATIONS_TABLE],
  );
  return rows[0]?.found ?? false;
}

/** The service's tables. Each table comes after the tables that its foreign keys name. */
export async function tablesInOrder(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ table: string; needs: string[] }>(
    `SELECT c.relname AS table,
            ARRAY(SELECT f.relname::text FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
                   WHERE k.conrelid = c.oid AND k.contype = 'f' AND f.oid <> c.oid) AS needs
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND c.relname <> $2
      ORDER BY c.relname`,
    [schema, MIGRATIONS_TABLE],
  );
  const needsOf = new Map(rows.map(({ table, needs }) => [table, needs]));
  const ordered = new Set<string>();
  const add = (table: string, path: readonly string[]): void => {
    if (ordered.has(table)) return;
    if (path.includes(table)) throw new Error(`The foreign keys of ${table} form a circle.`);
    for (const needed of needsOf.get(table) ?? []) add(needed, [...path, table]);
    ordered.add(table);
  };
  for (const { table } of rows) add(table, []);
  return [...ordered];
}

/** The columns of a table without generated columns. */
export async function copiedColumnsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
      WHERE attrelid = quote_ident($1)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      ORDER BY attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** The sequences of the service's ids. */
export async function sequencesOf(client: Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT sequencename AS name FROM pg_sequences WHERE schemaname = $1',
    [schema],
  );
  return rows.map(({ name }) => name);
}
