import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that the service sends over the network, each at least once. */
export class CreateOutbox1764231000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox_messages (
        tenant_id integer NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        topic text NOT NULL,
        key text NOT NULL,
        group_key text,
        lane text NOT NULL,
        second_lane text,
        payload jsonb NOT NULL,
        status text NOT NULL DEFAULT 'pending',
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz(3),
        leased_until timestamptz(3),
        last_status_code integer,
        last_error text,
        created_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3),
        CONSTRAINT outbox_messages_pkey PRIMARY KEY (tenant_id, id),
        CONSTRAINT outbox_messages_key UNIQUE (tenant_id, topic, key),
        CONSTRAINT outbox_messages_status CHECK (status IN ('pending', 'delivered', 'failed')),
        CONSTRAINT outbox_messages_lane CHECK (lane <> ''),
        CONSTRAINT outbox_messages_next_attempt_at CHECK ((next_attempt_at IS NOT NULL) = (status = 'pending')),
        CONSTRAINT outbox_messages_leased_until CHECK (leased_until IS NULL OR status = 'pending'),
        CONSTRAINT outbox_messages_ended_at CHECK ((ended_at IS NULL) = (status = 'pending'))
      )`);
    // Each index has a condition of its own, which is true of every pending message. A statement names the condition of its
    // index: without statistics of a table that has just filled, PostgreSQL may prefer another one, and read all of it.
    await runner.query(`
      CREATE INDEX outbox_messages_lane_idx ON outbox_messages (topic, lane, next_attempt_at, id)
       WHERE status = 'pending' AND lane <> ''`);
    await runner.query(`
      CREATE INDEX outbox_messages_next_attempt_at_idx ON outbox_messages (topic, next_attempt_at)
       WHERE status = 'pending' AND next_attempt_at IS NOT NULL`);
    await runner.query(`
      CREATE INDEX outbox_messages_group_idx ON outbox_messages (tenant_id, topic, group_key, id)
       WHERE status = 'pending' AND group_key IS NOT NULL`);
    await runner.query(`
      CREATE INDEX outbox_messages_ended_at_idx ON outbox_messages (topic, ended_at)
       WHERE status <> 'pending'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE outbox_messages`);
  }
}
