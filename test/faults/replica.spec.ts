import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../support/client/client.js';
import { eventually, query } from '../support/database/data-directory.js';
import { type FaultServer, startFaultServer } from '../support/database/fault-server.js';
import { type Service, startService } from '../support/service/service.js';

const WINDOW = 'from=2022-09-06T00:00:00Z&to=2022-09-07T00:00:00Z';
const EVENT = { title: 'Planning', start_date: '2022-09-06T10:00:00Z', duration: 3600, organizer_user_id: 1 };

describe('a service with a replica', () => {
  let primary: FaultServer;
  let replica: FaultServer;
  let service: Service;
  let client: Client;

  beforeAll(async () => {
    primary = await startFaultServer();
    replica = await primary.startReplica();
    service = await startService({ DATABASE_URL: primary.url, DATABASE_REPLICA_URL: replica.url });
    client = new Client(service.url);
    await client.create('/users', { name: 'ann', email: 'ann@example.com' });
    await eventually(async () => (await query(replica.url, 'SELECT FROM users')).length === 1);
  });
  afterAll(async () => {
    await service.process.end('SIGKILL');
    await replica.remove();
    await primary.remove();
  });

  async function listed(): Promise<number> {
    return (await client.get(`/users/1/events?${WINDOW}`)).body.length;
  }

  async function busy(): Promise<number> {
    return (await client.get(`/free-busy?user_ids=1&${WINDOW}`)).body[0].busy.length;
  }

  test('reads lists from the replica, and data that must be current from the primary', async () => {
    await query(replica.url, 'SELECT pg_wal_replay_pause()');
    const { body: event } = await client.create('/events', EVENT);
    expect(await listed()).toBe(0);
    expect(await busy()).toBe(1);
    expect((await client.get(`/events/${event.id}`)).status).toBe(200);
    const clash = await client.post('/events', { ...EVENT, conflict_policy: 'reject' });
    expect(clash).toMatchObject({ status: 409, body: { code: 'time_taken' } });
    const { body: user } = await client.create('/users', { name: 'bob', email: 'bob@example.com' });
    expect((await client.get(`/free-busy?user_ids=${user.id}&${WINDOW}`)).status).toBe(200);
    await query(replica.url, 'SELECT pg_wal_replay_resume()');
    await eventually(async () => (await listed()) === 1);
  });

  test('reads from the primary while the replica is gone', async () => {
    await replica.kill();
    expect(await listed()).toBe(1);
    expect(await busy()).toBe(1);
    expect((await client.get('/health/ready')).status).toBe(200);
    await replica.start();
    await eventually(async () => {
      await listed();
      const sessions = `SELECT FROM pg_stat_activity WHERE application_name = 'calendar-backend'`;
      return (await query(replica.url, sessions)).length > 0;
    });
  });

  test('reads from the primary while the replica hangs', async () => {
    await replica.pause();
    expect(await listed()).toBe(1);
    expect(await busy()).toBe(1);
    await replica.resume();
  });
});
