import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passwords, refresh tokens, the accounts of an OpenID Connect provider, and how often somebody tried to log in. */
export class AddIdentity1763942400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN password_hash text,
        ADD COLUMN protected boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT users_protected CHECK (protected OR password_hash IS NULL)`);
    await runner.query(`
      CREATE TABLE refresh_tokens (
        hash text NOT NULL,
        family uuid NOT NULL,
        user_id integer NOT NULL,
        issued_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        used_at timestamptz(3),
        revoked_at timestamptz(3),
        CONSTRAINT refresh_tokens_pkey PRIMARY KEY (hash),
        CONSTRAINT refresh_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX refresh_tokens_family_idx ON refresh_tokens (family)`);
    await runner.query(`CREATE INDEX refresh_tokens_user_id_idx ON refresh_tokens (user_id)`);
    await runner.query(`
      CREATE TABLE external_identities (
        issuer text NOT NULL,
        subject text NOT NULL,
        user_id integer NOT NULL,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT external_identities_pkey PRIMARY KEY (issuer, subject),
        CONSTRAINT external_identities_user_id_key UNIQUE (user_id, issuer),
        CONSTRAINT external_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
          ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE TABLE login_attempts (
        subject text NOT NULL,
        attempts integer NOT NULL,
        resets_at timestamptz(3) NOT NULL,
        CONSTRAINT login_attempts_pkey PRIMARY KEY (subject)
      )`);
    await runner.query(`CREATE INDEX login_attempts_resets_at_idx ON login_attempts (resets_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE login_attempts, external_identities, refresh_tokens`);
    await runner.query(`
      ALTER TABLE users
        DROP CONSTRAINT users_protected, DROP COLUMN protected, DROP COLUMN password_hash`);
  }
}
