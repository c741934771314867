import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { signUp } from '../../support/client/account.js';
import type { Client } from '../../support/client/client.js';
import { type ServiceProcess, ServiceProcesses } from '../../support/service/service-processes.js';

const TIME = { start_date: '2126-01-07T09:00:00Z', duration: 3_600 };

/** Reads that log in, each of which takes a number of a transaction. */
const LOGINS = 12;

let processes: ServiceProcesses;
beforeEach(async () => {
  processes = await ServiceProcesses.create();
});
afterEach(async () => processes.remove());

/** Copies a folder with its owners, as an operator does. */
function copyFolder(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to]);
}

async function syncToken(client: Client, userId: number): Promise<string> {
  const { headers } = await client.get(`/users/${userId}/events?sync_token=`);
  return headers.get('sync-token') ?? '';
}

async function logInOften({ client }: ServiceProcess): Promise<string> {
  let token = '';
  for (let count = 0; count < LOGINS; count += 1) {
    const login = { email: 'ann@example.com', password: 'correct horse battery staple' };
    token = (await client.post('/auth/login', login)).body.access_token;
  }
  return token;
}

test('a token from after a copy of the data folder is expired once the copy is put back', async () => {
  const first = await processes.startListening({ JWT_SECRET: 'x'.repeat(40) });
  const ann = await signUp(first.client, 'ann');
  await ann.client.post('/events', { title: 'Kept', organizer_user_id: ann.id, ...TIME });
  await first.service.end('SIGTERM');
  const [folder, copy] = [join(processes.dataDir, 'postgres'), `${processes.dataDir}-copy`];
  try {
    copyFolder(folder, copy);

    const second = await processes.startListening({ JWT_SECRET: 'x'.repeat(40) });
    // No event changes, so the log of changes is that of the copy.
    const client = second.client.with(await logInOften(second));
    const lost = await syncToken(client, ann.id);
    await second.service.end('SIGTERM');
    await rm(folder, { recursive: true });
    copyFolder(copy, folder);

    const third = await processes.startListening({ JWT_SECRET: 'x'.repeat(40) });
    const again = third.client.with(await logInOften(third));
    await again.post('/events', { title: 'New', organizer_user_id: ann.id, ...TIME });
    await logInOften(third);
    const refused = await again.send('GET', `/users/${ann.id}/events?sync_token=${lost}`);
    expect(refused).toMatchObject({ status: 410, body: { code: 'sync_token_expired' } });
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}, 120_000);
