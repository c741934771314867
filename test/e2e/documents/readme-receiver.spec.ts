import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { eventually } from '../../support/database/data-directory.js';
import { blocksOf, withAddress } from '../../support/documents/readme.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const SECTION = 'Receive webhooks';
const KEY = 'cal_the-key-of-the-receiver-0123456789-0123456789';

let application: TestApplication;
let backend: Client;
let directory: string;
let port: string;
let receiver: ChildProcessWithoutNullStreams;
let printed = '';

beforeAll(async () => {
  application = await startTestApplication({ BOOTSTRAP_API_KEY: KEY, WEBHOOK_ALLOW_PRIVATE: 'true' });
  backend = new Client(application.url).with(KEY);
  directory = await mkdtemp(join(tmpdir(), 'calendar-receiver-'));
  port = String(await bindablePort(0, '127.0.0.1'));
  const [program = ''] = await blocksOf(SECTION, 'js');
  await writeFile(join(directory, 'receiver.mjs'), program.replace('4000', port));
});
afterAll(async () => {
  receiver?.kill();
  await application.close();
  await rm(directory, { recursive: true });
});

async function start(secret: string): Promise<void> {
  const [, command = ''] = await blocksOf(SECTION, 'sh');
  receiver = spawn('bash', ['-c', `exec env ${command.replace('whsec_…', secret)}`], { cwd: directory });
  receiver.stdout.on('data', (text: Buffer) => (printed += String(text)));
  receiver.stderr.on('data', (text: Buffer) => (printed += String(text)));
  await eventually(answers);
}

async function answers(): Promise<boolean> {
  return (await post({}).catch(() => null)) !== null;
}

const post = async (headers: Record<string, string>, body = '{}') =>
  (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;

const inbox = async () =>
  (await readFile(join(directory, 'inbox.jsonl'), 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { id: string; delivery: { sequence: number; type: string } });

test('the program of the README receives each delivery once, verifies it, and knows what is missing', async () => {
  const [command = ''] = await blocksOf(SECTION, 'sh');
  const subscribing = withAddress(command, application.url).replace('4000', port);
  const { stdout } = await promisify(execFile)('bash', ['-c', subscribing], { env: { ...process.env, KEY } });
  const { id, secret } = JSON.parse(stdout) as { id: number; secret: string };
  await start(secret);

  const [organizer] = await createUsers(backend, 1);
  const event = {
    title: 'A',
    organizer_user_id: organizer,
    start_date: '2126-01-05T09:00:00Z',
    duration: 60,
  };
  const { body } = await backend.create('/events', event);
  await backend.patch(`/events/${body.id}`, { title: 'B' });
  await eventually(async () => (await inbox()).length === 2);
  expect((await inbox()).map(({ delivery }) => [delivery.sequence, delivery.type])).toEqual([
    [1, 'event.created'],
    [2, 'event.updated'],
  ]);

  // A delivery that comes again is ignored, also after the program was started again.
  receiver.kill();
  await once(receiver, 'exit');
  await start(secret);
  const [first] = await inbox();
  const path = `/webhook-subscriptions/${id}/deliveries` as const;
  await backend.send('POST', `${path}/${first.id}:redeliver`);
  await eventually(async () =>
    ((await backend.get(path)).body as { status: string }[]).every(({ status }) => status === 'delivered'),
  );
  expect(await inbox()).toHaveLength(2);

  // Another secret, an old time and no signature are refused.
  const now = String(Math.floor(Date.now() / 1000));
  for (const headers of [
    {},
    { 'webhook-id': 'a', 'webhook-timestamp': now, 'webhook-signature': 'v1,AAAA' },
    { 'webhook-id': 'a', 'webhook-timestamp': '1', 'webhook-signature': `v1,${'A'.repeat(43)}=` },
  ] as Record<string, string>[])
    expect(await post(headers)).toBe(401);

  // After a rotation, the old secret is still good.
  await backend.send('POST', `/webhook-subscriptions/${id}:rotate-secret`);
  await backend.send('POST', `/webhook-subscriptions/${id}:test`);
  await eventually(async () => (await inbox()).length === 3);

  // The program misses the deliveries while the subscription is disabled, and says so.
  await backend.patch(`/webhook-subscriptions/${id}`, { status: 'disabled' });
  await backend.patch(`/events/${body.id}`, { title: 'C' });
  await backend.patch(`/webhook-subscriptions/${id}`, { status: 'active' });
  await eventually(async () => printed.includes('Deliveries are missing: synchronise.'));
  expect(printed).not.toContain('Error');
  expect(printed).not.toContain('Not here yet');
}, 60_000);
