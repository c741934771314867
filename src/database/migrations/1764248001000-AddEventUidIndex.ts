import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './concurrent-index.js';

/** Builds the index of the UIDs, while requests read and write events. Only events from files have one. */
export class AddEventUidIndex1764248001000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    await buildIndex(runner, {
      name: 'events_uid_key',
      kind: 'UNIQUE INDEX',
      columns: 'events (tenant_id, uid, organizer_id, uid_namespace) WHERE uid IS NOT NULL',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX IF EXISTS events_uid_key');
  }
}
