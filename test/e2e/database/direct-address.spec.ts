import { afterEach, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { asNewRole, emptyDatabase, removeDatabases } from '../../support/database/empty-database.js';
import { startTestApplication } from '../../support/service/application.js';

afterEach(removeDatabases);

interface Addresses {
  readonly url: string;
  readonly direct: string;
  readonly schema?: string;
}

/** Starts the service, creates a user, and stops the service. @returns the status, or why the service does not start */
async function signUp({ url, direct, schema = 'public' }: Addresses): Promise<number | string> {
  const environment = {
    DATABASE_DIRECT_URL: direct,
    DATABASE_SCHEMA: schema,
    DATABASE_POOLER: 'transaction',
  };
  try {
    const database = { url, drop: async () => undefined };
    const service = await startTestApplication(environment, undefined, undefined, database);
    const { status } = await new Client(service.url).post('/users', {
      name: 'ann',
      email: 'ann@example.com',
    });
    await service.close();
    return status;
  } catch (error) {
    return (error as Error).message;
  }
}

async function tablesIn(url: string): Promise<string[]> {
  const rows = await query<{ name: string }>(
    url,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  return rows.map(({ name }) => name);
}

describe('DATABASE_DIRECT_URL of another database', () => {
  test('is refused before anything is changed', async () => {
    const [url, direct] = [await emptyDatabase(), await emptyDatabase()];
    const [name, other] = [url, direct].map((address) => new URL(address).pathname.slice(1));
    expect(await signUp({ url, direct })).toBe(
      `DATABASE_DIRECT_URL names another database than DATABASE_URL ("${other}" instead of "${name}"): ` +
        'let both name the same database.',
    );
    expect([await tablesIn(url), await tablesIn(direct)]).toEqual([[], []]);
  });

  test('is refused if both databases have the tables', async () => {
    const [url, direct] = [await emptyDatabase(), await emptyDatabase()];
    expect(await signUp({ url, direct: url })).toBe(201);
    expect(await signUp({ url: direct, direct })).toBe(201);
    expect(await signUp({ url, direct })).toMatch(/^DATABASE_DIRECT_URL names another database/);
  });

  test('is refused for the missing tables if the databases do not tell their identity', async () => {
    const [database, direct] = [await emptyDatabase(), await emptyDatabase()];
    await query(database, 'REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC');
    const { url } = await asNewRole(database);
    expect(await signUp({ url, direct })).toBe(
      `The schema "public" of the database "${new URL(url).pathname.slice(1)}" lacks what migrations made at ` +
        'DATABASE_DIRECT_URL, which names another database than DATABASE_URL: let both name the same database.',
    );
  });
});

describe('a user of DATABASE_URL who may create nothing', () => {
  test('works in a schema that the user of DATABASE_DIRECT_URL creates, once granted what each refusal names', async () => {
    const direct = await emptyDatabase();
    const { url, role } = await asNewRole(direct);
    const addresses = { url, direct, schema: 'calendar' };
    expect(await signUp(addresses)).toBe(
      `The user "${role}" may not use the schema "calendar": run GRANT USAGE ON SCHEMA "calendar" TO "${role}".`,
    );
    await query(direct, `GRANT USAGE ON SCHEMA "calendar" TO "${role}"`);
    expect(await signUp(addresses)).toBe(
      `The user "${role}" may not read and write migrations in the schema "calendar": run ` +
        `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "calendar" TO "${role}".`,
    );
    await query(
      direct,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "calendar" TO "${role}"`,
    );
    expect(await signUp(addresses)).toBe(
      `The user "${role}" may not use invite_ids in the schema "calendar": run ` +
        `GRANT USAGE ON SEQUENCE "calendar"."invite_ids" TO "${role}".`,
    );
    await query(direct, `GRANT USAGE ON SEQUENCE "calendar"."invite_ids" TO "${role}"`);
    expect(await signUp(addresses)).toBe(201);
  });

  test('works at once in a schema that has default privileges', async () => {
    const direct = await emptyDatabase();
    const { url, role } = await asNewRole(direct);
    await query(
      direct,
      `ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${role};
       ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
       ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO ${role}`,
    );
    expect(await signUp({ url, direct, schema: 'calendar' })).toBe(201);
  });

  test('is refused for a table that is gone', async () => {
    const direct = await emptyDatabase();
    expect(await signUp({ url: direct, direct })).toBe(201);
    await query(direct, 'DROP TABLE refresh_tokens');
    expect(await signUp({ url: direct, direct })).toMatch(/^The schema "public" lacks refresh_tokens, /);
  });
});
