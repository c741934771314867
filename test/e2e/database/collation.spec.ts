import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { databaseUrl, execute } from '../../support/database/test-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const PASSWORD = 'correct horse battery';

describe('on a database with the case rules of Turkish', () => {
  let service: TestApplication;
  let client: Client;

  beforeAll(async () => {
    const server = process.env.TEST_SERVER_URL as string;
    const name = `calendar_turkish_${randomBytes(6).toString('hex')}`;
    await execute(
      server,
      `CREATE DATABASE ${name} TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'`,
    );
    service = await startTestApplication({}, undefined, undefined, {
      url: databaseUrl(server, name),
      drop: async () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
    });
    client = new Client(service.url);
  });
  afterAll(async () => {
    await service.close();
    await service.database.drop();
  });

  test('an address in other letters is the same account', async () => {
    expect(await query(service.database.url, `SELECT lower('I') AS lower`)).toEqual([{ lower: 'ı' }]);
    const first = await client.post('/users', { name: 'ann', email: 'IILI@example.com', password: PASSWORD });
    expect(first.status).toBe(201);
    const second = await client.post('/users', {
      name: 'eve',
      email: 'iili@EXAMPLE.com',
      password: PASSWORD,
    });
    expect([second.status, second.body.code]).toEqual([409, 'email_taken']);
    for (const email of ['IILI@example.com', 'iili@example.com', 'IiLi@Example.COM']) {
      expect((await client.post('/auth/login', { email, password: PASSWORD })).status).toBe(200);
    }
    // In Turkish these are the small letters of I, and another address.
    expect(
      (await client.post('/auth/login', { email: 'ııli@example.com', password: PASSWORD })).status,
    ).not.toBe(200);
  });
});
