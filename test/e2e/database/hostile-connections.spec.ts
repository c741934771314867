import { afterEach, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { setDatabaseDefaults } from '../../support/database/database-defaults.js';
import { emptyDatabase, removeDatabases } from '../../support/database/empty-database.js';
import { startTestApplication } from '../../support/service/application.js';

afterEach(removeDatabases);

/** Starts the service on a database, its migrations included, and creates a user. */
async function signUp(url: string): Promise<number> {
  const service = await startTestApplication({}, undefined, undefined, { url, drop: async () => undefined });
  const { status } = await new Client(service.url).post('/users', { name: 'ann', email: 'ann@example.com' });
  await service.close();
  return status;
}

test.each(['1ms', '50ms'])(
  'an idle_session_timeout of %s ends none of the connections of the service',
  async (timeout) => {
    const url = await emptyDatabase();
    await setDatabaseDefaults(url, { idle_session_timeout: timeout });
    expect(await signUp(url)).toBe(201);
  },
);

test('functions in the search path do not run instead of those of PostgreSQL', async () => {
  const url = await emptyDatabase();
  await query(
    url,
    [
      'set_config(text, text, boolean)',
      'current_setting(text)',
      'current_setting(text, boolean)',
      'version()',
    ]
      .map(
        (signature) =>
          `CREATE SCHEMA IF NOT EXISTS elsewhere; CREATE FUNCTION elsewhere.${signature} RETURNS text LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'not of PostgreSQL'; END $$;`,
      )
      .join('\n'),
  );
  await setDatabaseDefaults(url, { search_path: 'elsewhere, public, pg_catalog' });
  expect(await signUp(url)).toBe(201);
});

test('a connection that is lost while the extension is created is opened again', async () => {
  const url = await emptyDatabase();
  await query(
    url,
    `CREATE SEQUENCE attempts;
     CREATE FUNCTION lose() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
       IF nextval('public.attempts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
     END $$;
     CREATE EVENT TRIGGER lose ON ddl_command_start WHEN tag IN ('CREATE EXTENSION') EXECUTE FUNCTION lose()`,
  );
  expect(await signUp(url)).toBe(201);
});
