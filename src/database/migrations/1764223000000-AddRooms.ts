import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The rooms and pieces of equipment among the users. The version before has none, and reads and writes no such row. */
export class AddRooms1764223000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rooms (
        tenant_id integer NOT NULL DEFAULT 1,
        user_id integer NOT NULL,
        capacity integer,
        features text[] NOT NULL DEFAULT '{}',
        building text,
        floor text,
        auto_accept boolean NOT NULL DEFAULT true,
        CONSTRAINT rooms_pkey PRIMARY KEY (tenant_id, user_id),
        CONSTRAINT rooms_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
          ON DELETE CASCADE,
        CONSTRAINT rooms_capacity CHECK (capacity > 0)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rooms');
  }
}
