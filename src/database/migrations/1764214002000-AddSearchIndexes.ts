import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex, type ConcurrentIndex } from './concurrent-index.js';

/** @param schema that of `pg_trgm`, which another service of the database may have created in its own */
function searchIndex(schema: string): ConcurrentIndex {
  return {
    name: 'event_texts_search_idx',
    kind: 'INDEX',
    columns: `event_texts USING gin (tenant_id, folded ${schema}.gin_trgm_ops, to_tsvector('simple', folded))`,
  };
}

const INDEXES: readonly ConcurrentIndex[] = [
  {
    name: 'events_first_start_idx',
    kind: 'INDEX',
    columns: 'events (tenant_id, first_start(span, rrule, rdates), id)',
  },
  {
    name: 'events_metadata_idx',
    kind: 'INDEX',
    columns: `events USING gin (tenant_id, metadata jsonb_path_ops) WHERE metadata <> '{}'`,
  },
];

/** Builds the indexes of the search, while requests read and write events. */
export class AddSearchIndexes1764214002000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    const [{ schema }]: { schema: string }[] = await runner.query(
      `SELECT extnamespace::regnamespace AS schema FROM pg_extension WHERE extname = 'pg_trgm'`,
    );
    for (const index of [searchIndex(schema), ...INDEXES]) await buildIndex(runner, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of [searchIndex('public'), ...INDEXES])
      await runner.query(`DROP INDEX IF EXISTS ${name}`);
  }
}
