import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The addresses at which programs read a calendar without a token of a user. */
export class CreateCalendarFeeds1764250000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_feeds (
        tenant_id integer NOT NULL,
        id integer GENERATED ALWAYS AS IDENTITY,
        calendar_id integer NOT NULL,
        detail text NOT NULL,
        include_private boolean NOT NULL,
        token_hash text NOT NULL,
        created_by_key_id integer,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT calendar_feeds_pkey PRIMARY KEY (tenant_id, id),
        CONSTRAINT calendar_feeds_calendar_id_fkey FOREIGN KEY (tenant_id, calendar_id)
          REFERENCES calendars (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT calendar_feeds_token_hash_key UNIQUE (token_hash),
        CONSTRAINT calendar_feeds_detail CHECK (detail IN ('full', 'busy'))
      )`);
    await runner.query(
      'CREATE INDEX calendar_feeds_calendar_id_idx ON calendar_feeds (tenant_id, calendar_id)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE calendar_feeds');
  }
}
