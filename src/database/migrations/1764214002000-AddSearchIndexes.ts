import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex, type ConcurrentIndex } from './concurrent-index.js';

const INDEXES: readonly ConcurrentIndex[] = [
  {
    name: 'event_texts_search_idx',
    kind: 'INDEX',
    columns: `event_texts USING gin (tenant_id, folded gin_trgm_ops, to_tsvector('simple', folded))`,
  },
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
    for (const index of INDEXES) await buildIndex(runner, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of INDEXES) await runner.query(`DROP INDEX IF EXISTS ${name}`);
  }
}
