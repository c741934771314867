import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-first-key-of-the-tests-0123456789-0123456789';

interface Created {
  readonly id: number;
}

/** The status and the body, without the path that it names. */
async function read(client: Client, kind: string, externalId: string) {
  const path = `/${kind}/by-external-id/${encodeURIComponent(externalId)}`;
  const { status, body } = await client.send('GET', path);
  return { status, body: { ...body, instance: '' } };
}

async function found(client: Client, externalId: string): Promise<number> {
  const { body } = await client.send('GET', `/events?external_id=${encodeURIComponent(externalId)}`);
  return (body as unknown as object[]).length;
}

describe.each(['shared', 'open'])('GET by external id with DIRECTORY=%s', (directory) => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let stranger: Account;
  /** A person without a password. */
  let guest: Created;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT, DIRECTORY: directory });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
    stranger = await signUp(nobody, 'stranger');
    guest = await created('/users', { name: 'guest', email: 'guest@example.com', external_id: 'guest' });
    await backend.send('PATCH', `/users/${ann.id}`, { external_id: 'ann' });
    for (const visibility of ['public', 'private']) {
      await event(`ann ${visibility}`, { organizer_user_id: ann.id, visibility });
      await event(`guest ${visibility}`, { organizer_user_id: guest.id, visibility });
    }
  });
  afterAll(async () => application.close());

  async function created(path: string, body: object): Promise<Created> {
    const answered = await backend.send('POST', path, body);
    if (answered.status !== 201) throw new Error(JSON.stringify(answered.body));
    return answered.body as unknown as Created;
  }

  async function event(externalId: string, fields: object): Promise<void> {
    await created('/events', {
      title: 'Review',
      start_date: '2026-07-01T09:00:00Z',
      duration: 3600,
      invited_user_ids: [bob.id],
      external_id: externalId,
      ...fields,
    });
  }

  const callers: readonly [string, () => Client][] = [
    ['a key', () => backend],
    ['a key as the organizer', () => backend.as(ann.id)],
    ['a key as an attendee', () => backend.as(bob.id)],
    ['a key as a stranger', () => backend.as(stranger.id)],
    ['a client without a token', () => nobody],
  ];
  const events = ['ann public', 'ann private', 'guest public', 'guest private'];

  test.each(callers.flatMap(([caller, client]) => events.map((id) => [caller, id, client] as const)))(
    'shows %s the event "%s" if the search finds it',
    async (caller, id, client) => {
      const expected =
        caller === 'a key' ||
        (caller === 'a key as the organizer' && id.startsWith('ann')) ||
        (caller === 'a client without a token' && id === 'guest public');
      expect(await found(client(), id)).toBe(expected ? 1 : 0);
      const answered = await read(client(), 'events', id);
      expect(answered).toMatchObject(
        expected ? { status: 200, body: { external_id: id } } : await read(client(), 'events', 'unknown'),
      );
    },
  );

  test('shows no person whom the caller does not see', async () => {
    const unknown = await read(backend, 'users', 'unknown');
    expect(unknown).toMatchObject({
      status: 404,
      body: { code: 'user_not_found', detail: 'No user has this external id.' },
    });
    for (const client of [backend, backend.as(ann.id), backend.as(bob.id)])
      expect(await read(client, 'users', 'ann')).toMatchObject({ status: 200, body: { id: ann.id } });
    const seen = await read(backend.as(stranger.id), 'users', 'ann');
    expect(seen.status === 200 ? 200 : seen).toEqual(directory === 'open' ? 200 : unknown);
  });
});
