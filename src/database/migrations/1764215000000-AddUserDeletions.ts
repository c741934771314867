import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deleted users, and what remains to be done for each of them. */
export class AddUserDeletions1764215000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE users ADD COLUMN deleted_at timestamptz(3)`);
    await runner.query(`
      CREATE TABLE user_deletions (
        tenant_id integer NOT NULL DEFAULT 1,
        user_id integer NOT NULL,
        deleted_at timestamptz(3) NOT NULL,
        transfer_to integer,
        swept boolean NOT NULL DEFAULT false,
        CONSTRAINT user_deletions_pkey PRIMARY KEY (tenant_id, user_id),
        CONSTRAINT user_deletions_user_id_fkey FOREIGN KEY (tenant_id, user_id)
          REFERENCES users (tenant_id, id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX user_deletions_deleted_at_idx ON user_deletions (deleted_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE user_deletions`);
    await runner.query(`ALTER TABLE users DROP COLUMN deleted_at`);
  }
}
