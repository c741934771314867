import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The log of accounts for which callers without a token may act no more. A trigger writes it, so the changes of an instance
 * of the version before are in it too. As with the log of changes, the erasure of a tenant writes none.
 */
export class AddAccountProtections1764232001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE account_protections (
        tenant_id integer NOT NULL,
        sequence bigint GENERATED ALWAYS AS IDENTITY,
        xid bigint NOT NULL DEFAULT this_transaction(),
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT account_protections_pkey PRIMARY KEY (tenant_id, sequence)
      )`);
    await runner.query('CREATE INDEX account_protections_xid_idx ON account_protections (tenant_id, xid)');
    await runner.query(`
      CREATE FUNCTION log_protected_account() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO account_protections (tenant_id) VALUES (NEW.tenant_id);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER users_protected_log AFTER UPDATE ON users FOR EACH ROW
        WHEN (current_setting('calendar.log', true) IS DISTINCT FROM 'off' AND NOT old.protected AND new.protected)
        EXECUTE FUNCTION log_protected_account()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER users_protected_log ON users');
    await runner.query('DROP FUNCTION log_protected_account()');
    await runner.query('DROP TABLE account_protections');
  }
}
