import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The meetings that round robins have given to users. */
export class CreateRoundRobinAssignments1764263000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE round_robin_assignments (
        tenant_id integer NOT NULL,
        event_id integer NOT NULL,
        user_id integer NOT NULL,
        member_ids integer[] NOT NULL,
        start_at timestamptz(3) NOT NULL,
        assigned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT round_robin_assignments_pkey PRIMARY KEY (tenant_id, event_id, user_id),
        CONSTRAINT round_robin_assignments_event_id_fkey FOREIGN KEY (tenant_id, event_id)
          REFERENCES events (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT round_robin_assignments_user_id_fkey FOREIGN KEY (tenant_id, user_id)
          REFERENCES users (tenant_id, id) ON DELETE CASCADE
      )`);
    await runner.query(
      `CREATE INDEX round_robin_assignments_user_id_start_at_idx
         ON round_robin_assignments (tenant_id, user_id, start_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE round_robin_assignments');
  }
}
