import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens that the service mails, so that users prove to have their address. */
export class AddMailedTokens1764203001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE mailed_tokens (
        user_id integer NOT NULL,
        purpose text NOT NULL,
        hash text NOT NULL,
        email text NOT NULL,
        generation integer NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT mailed_tokens_pkey PRIMARY KEY (user_id, purpose),
        CONSTRAINT mailed_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX mailed_tokens_expires_at_idx ON mailed_tokens (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE mailed_tokens`);
  }
}
