import type { MigrationInterface, QueryRunner } from 'typeorm';
import { normalisedEmail } from '../../platform/mail/email-address.js';

/** The ASCII letters alone: lower() would follow the collation of the database. */
const asciiLower = (text: string): string =>
  `translate(${text}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`;

/** SQL cannot convert such a domain to ASCII; the service does. */
const HAS_UNICODE_DOMAIN = `char_length(substring(normalised_email FROM '[^@]*$'))
  <> octet_length(substring(normalised_email FROM '[^@]*$'))`;

/**
 * The normalised address of a user, when it was verified, and the generation that ends the user's tokens.
 *
 * If several users have one normalised address, the user who came first keeps it. The later ones keep their address
 * as text, but the service no longer finds them by it.
 *
 * An instance of the version before writes `email` and `password_hash` alone. The trigger then keeps the rest right.
 * It writes a domain that is not ASCII as it is, until an instance of this version converts it.
 */
export class AddIdentityGenerations1764203000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN normalised_email text,
        ADD COLUMN email_verified_at timestamptz(3),
        ADD COLUMN generation integer NOT NULL DEFAULT 0`);
    await runner.query(`ALTER TABLE refresh_tokens ADD COLUMN generation integer NOT NULL DEFAULT 0`);
    await runner.query(`UPDATE users SET normalised_email = ${asciiLower('email')}`);
    const unconverted: { id: number; email: string }[] = await runner.query(
      `SELECT id, email FROM users WHERE ${HAS_UNICODE_DOMAIN}`,
    );
    for (const { id, email } of unconverted) {
      await runner.query(`UPDATE users SET normalised_email = $2 WHERE id = $1`, [
        id,
        normalisedEmail(email),
      ]);
    }
    await runner.query(`
      UPDATE users SET normalised_email = NULL
        FROM (SELECT id, row_number() OVER (PARTITION BY normalised_email ORDER BY id) AS place FROM users) AS ranked
       WHERE ranked.id = users.id AND ranked.place > 1`);
    await runner.query(`DROP INDEX users_email_key`);
    // The version before knows a taken address by this name.
    await runner.query(`CREATE UNIQUE INDEX users_email_key ON users (normalised_email)`);
    await runner.query(`CREATE INDEX users_unicode_domain_idx ON users (id) WHERE ${HAS_UNICODE_DOMAIN}`);
    await runner.query(`CREATE INDEX refresh_tokens_expires_at_idx ON refresh_tokens (expires_at)`);
    await runner.query(`
      CREATE FUNCTION users_keep_identity() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          NEW.normalised_email := coalesce(NEW.normalised_email, ${asciiLower('NEW.email')});
          RETURN NEW;
        END IF;
        IF ${asciiLower('NEW.email')} <> ${asciiLower('OLD.email')}
           AND NEW.normalised_email IS NOT DISTINCT FROM OLD.normalised_email THEN
          NEW.normalised_email := ${asciiLower('NEW.email')};
          NEW.email_verified_at := NULL;
        END IF;
        IF NEW.password_hash IS DISTINCT FROM OLD.password_hash AND NEW.generation = OLD.generation THEN
          NEW.generation := OLD.generation + 1;
        END IF;
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER users_keep_identity BEFORE INSERT OR UPDATE OF email, password_hash ON users
        FOR EACH ROW EXECUTE FUNCTION users_keep_identity()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TRIGGER users_keep_identity ON users`);
    await runner.query(`DROP FUNCTION users_keep_identity()`);
    await runner.query(`DROP INDEX refresh_tokens_expires_at_idx, users_unicode_domain_idx, users_email_key`);
    await runner.query(`ALTER TABLE refresh_tokens DROP COLUMN generation`);
    await runner.query(`
      ALTER TABLE users DROP COLUMN generation, DROP COLUMN email_verified_at, DROP COLUMN normalised_email`);
    await runner.query(`CREATE UNIQUE INDEX users_email_key ON users (lower(email))`);
  }
}
