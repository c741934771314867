import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a product keeps with users and events: its own ids, its own values, and what it shows of an event. */
export class AddEmbeddingFields1764212000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN kind text NOT NULL DEFAULT 'person',
        ADD COLUMN external_id text,
        ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
        ADD CONSTRAINT users_kind CHECK (kind IN ('person', 'room', 'equipment')),
        ADD CONSTRAINT users_external_id_length CHECK (char_length(external_id) BETWEEN 1 AND 255)`);
    await runner.query(`
      CREATE UNIQUE INDEX users_external_id_key ON users (tenant_id, external_id)
       WHERE external_id IS NOT NULL`);
    await runner.query(`
      ALTER TABLE events
        ADD COLUMN external_id text,
        ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN url text,
        ADD COLUMN color text,
        ADD COLUMN categories text[] NOT NULL DEFAULT '{}',
        ADD COLUMN conference jsonb,
        ADD CONSTRAINT events_external_id_length CHECK (char_length(external_id) BETWEEN 1 AND 255)`);
    await runner.query(`
      CREATE UNIQUE INDEX events_external_id_key ON events (tenant_id, external_id)
       WHERE external_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE events
        DROP COLUMN conference, DROP COLUMN categories, DROP COLUMN color, DROP COLUMN url,
        DROP COLUMN metadata, DROP COLUMN external_id`);
    await runner.query(`
      ALTER TABLE users DROP COLUMN metadata, DROP COLUMN external_id, DROP COLUMN kind`);
  }
}
