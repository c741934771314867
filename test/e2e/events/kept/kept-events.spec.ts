import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { Client } from '../../../support/client/client.js';
import { createUsers } from '../../../support/client/users.js';
import { query } from '../../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../../support/service/application.js';
import { addKey } from '../../../support/tenants/tenant.js';

const WEEK = 'from=2126-01-07T00:00:00Z&to=2126-01-14T00:00:00Z';
const MAX_ATTENDEES = 400;

describe('the events that an instance keeps', () => {
  let application: TestApplication;
  let backend: Client;
  let anyone: Client;
  let ann: number;
  let bob: number;

  beforeAll(async () => {
    application = await startTestApplication({ REMINDER_DISPATCH: 'off', WEBHOOK_DISPATCH: 'off' });
    backend = await addKey(application, 1);
    anyone = new Client(application.url);
  });
  afterAll(async () => application.close());

  async function meeting(fields: object = {}): Promise<number> {
    [ann, bob] = await createUsers(backend, 2);
    const { body } = await backend.create('/events', {
      title: 'Planning',
      organizer_user_id: ann,
      invited_user_ids: [bob],
      start_date: '2126-01-07T09:00:00Z',
      duration: 3_600,
      ...fields,
    });
    return body.id;
  }

  /** As a key sees the list: all of it. */
  async function list(userId: number): Promise<{ title: string; attendees: object[] }[]> {
    const { status, body } = await backend.send('GET', `/users/${userId}/events?${WEEK}`);
    expect(status).toBe(200);
    return body;
  }

  async function titles(userId: number): Promise<string[]> {
    return (await list(userId)).map(({ title }) => title);
  }

  async function sql(statement: string): Promise<void> {
    await query(application.database.url, statement);
  }

  /**
   * The statements that a request sends: each takes a connection of the pool, since no transaction is open. The workers of
   * the service send some of their own now and then, so the fewest of several requests count.
   */
  async function statementsOf(path: string): Promise<number> {
    const pool = (application.app.get(DataSource).driver as PostgresDriver).master;
    let statements = 0;
    const count = (): void => {
      statements += 1;
    };
    pool.on('acquire', count);
    const counts: number[] = [];
    for (let time = 1; time <= 5; time += 1) {
      statements = 0;
      expect((await anyone.send('GET', path)).status).toBe(200);
      counts.push(statements);
    }
    pool.off('acquire', count);
    return Math.min(...counts);
  }

  test('make a list and free/busy take one statement, also for a caller without a token', async () => {
    await meeting();
    const { body: calendars } = await anyone.get(`/users/${ann}/calendars`);
    for (const path of [
      `/users/${ann}/events?${WEEK}`,
      `/users/${ann}/events?${WEEK}&max_attendees=0`,
      `/users/${ann}/events?${WEEK}&expand=true`,
      `/calendars/${calendars[0]?.id}/events?${WEEK}`,
      `/free-busy?user_ids=${ann}&user_ids=${bob}&${WEEK}`,
    ])
      expect([path, await statementsOf(path)]).toEqual([path, 1]);
  });

  test('leave the list of a user whom a change removes, also if another list has the changed event first', async () => {
    const id = await meeting();
    expect([await titles(ann), await titles(bob)]).toEqual([['Planning'], ['Planning']]);
    await backend.send('PATCH', `/events/${id}`, { invited_user_ids: [], title: 'Alone' });
    expect([await titles(ann), await titles(bob)]).toEqual([['Alone'], []]);
  });

  test('have changes that raise no version', async () => {
    const id = await meeting();
    await titles(ann);
    await sql(`UPDATE events SET title = 'By hand' WHERE id = ${id}`);
    expect(await titles(ann)).toEqual(['By hand']);
    await sql(`UPDATE attendees SET comment = 'Late' WHERE event_id = ${id} AND user_id = ${bob}`);
    expect((await list(bob))[0]?.attendees).toMatchObject([{ comment: null }, { comment: 'Late' }]);
  });

  test('have the changes of a transaction that was open while later ones were seen', async () => {
    const id = await meeting();
    const held = new Connection({ connectionString: application.database.url });
    await held.connect();
    try {
      await held.query('BEGIN');
      await held.query(`UPDATE events SET title = 'Held' WHERE id = ${id}`);
      await held.query(`UPDATE users SET name = 'Held' WHERE id = ${bob}`);
      const [other] = await createUsers(backend, 1);
      for (const name of ['One', 'Two', 'Three']) {
        await backend.send('PATCH', `/users/${other}`, { name });
        expect(await titles(ann)).toEqual(['Planning']);
      }
      await held.query('COMMIT');
    } finally {
      await held.end();
    }
    const [event] = await list(ann);
    expect(event).toMatchObject({ title: 'Held', attendees: [{}, { user: { name: 'Held' } }] });
  });

  test('do not have an event with very many attendees, which is listed all the same', async () => {
    const id = await meeting({ title: 'All' });
    await sql(
      `INSERT INTO guests (tenant_id, event_id, invite_id, address, email)
       SELECT 1, ${id}, nextval('invite_ids'), 'g' || n || '@example.net', 'g' || n || '@example.net'
         FROM generate_series(1, ${MAX_ATTENDEES}) AS n`,
    );
    for (const title of ['First', 'Second']) {
      await sql(`UPDATE events SET title = '${title}' WHERE id = ${id}`);
      for (let time = 1; time <= 2; time += 1) {
        const [event] = await list(ann);
        expect([event?.title, event?.attendees.length]).toEqual([title, MAX_ATTENDEES + 2]);
      }
    }
  });

  test('are told apart by what callers see of them', async () => {
    const id = await meeting({
      external_id: 'case-7',
      visibility: 'private',
      invited: [{ email: 'z@example.net' }],
    });
    const path = `/users/${ann}/events?${WEEK}` as const;
    for (let time = 1; time <= 2; time += 1) {
      const [ofKey] = (await backend.get(path)).body;
      const [ofAnn] = (await backend.as(ann).get(path)).body;
      const [ofBob] = (await backend.as(bob).get(path)).body;
      const [ofAnyone] = (await anyone.get(path)).body;
      expect(ofKey).toMatchObject({ id, external_id: 'case-7' });
      expect(ofAnn).toMatchObject({ id, external_id: 'case-7' });
      expect(ofBob).toMatchObject({ id });
      expect(ofBob).not.toHaveProperty('external_id');
      expect(ofAnyone).toMatchObject({ redacted: true });
    }
  });
});
