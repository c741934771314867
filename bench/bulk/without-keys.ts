import type { Client } from 'pg';

interface Definition {
  readonly drop: string;
  readonly create: string;
}

/**
 * Runs `work` without the foreign keys and the indexes of some tables, and makes them again: PostgreSQL then checks all rows
 * in one query a key, and builds each index at once. Primary keys and unique constraints remain.
 */
export async function withoutKeys(
  client: Client,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const definitions = [...(await foreignKeys(client, tables)), ...(await indexes(client, tables))];
  for (const { drop } of definitions) await client.query(drop);
  await work();
  for (const { create } of definitions.toReversed()) await client.query(create);
}

async function foreignKeys(client: Client, tables: readonly string[]): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS create
       FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY ($1::regclass[])`,
    [tables],
  );
  return rows;
}

/** Without those of constraints. */
async function indexes(client: Client, tables: readonly string[]): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(
    `SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop, pg_get_indexdef(indexrelid) AS create
       FROM pg_index i
      WHERE indrelid = ANY ($1::regclass[]) AND NOT EXISTS (
        SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))`,
    [tables],
  );
  return rows;
}
