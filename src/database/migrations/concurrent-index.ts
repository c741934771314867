import type { QueryRunner } from 'typeorm';

/** An index that requests do not wait for while it is built. */
export interface ConcurrentIndex {
  readonly name: string;
  /** `INDEX` or `UNIQUE INDEX`. */
  readonly kind: string;
  /** The table and the rest of the definition. */
  readonly columns: string;
}

/** Builds the index unless it exists. May be repeated after an end half-way. */
export async function buildIndex(
  runner: QueryRunner,
  { name, kind, columns }: ConcurrentIndex,
): Promise<void> {
  const concurrently = runner.isTransactionActive ? '' : 'CONCURRENTLY';
  // An instance that was killed leaves an index that is not valid.
  const broken: unknown[] = await runner.query(
    `SELECT FROM pg_index WHERE indexrelid = to_regclass('${name}') AND NOT indisvalid`,
  );
  if (broken.length > 0) await runner.query(`DROP INDEX ${concurrently} ${name}`);
  await runner.query(`CREATE ${kind} ${concurrently} IF NOT EXISTS ${name} ON ${columns}`);
}
