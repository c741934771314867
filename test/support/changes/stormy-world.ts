import { logIn, PASSWORD } from '../client/account.js';
import type { Client } from '../client/client.js';
import { Mirror } from '../client/incremental-list.js';
import type { StormyWorld } from './storm.js';

/** A world, and copies of its lists by viewers of different access. */
export interface MirroredWorld {
  readonly world: StormyWorld;
  readonly mirrors: readonly Mirror[];
}

/**
 * Creates users and calendars, and copies that follow the tenant, a user, a calendar of the user, and a reader's part of
 * both. @param key a client with an API key @param anyone a client without a token @param at an instance that runs
 */
export async function stormyWorld(
  key: Client,
  anyone: Client,
  at: (client: Client) => Client,
): Promise<MirroredWorld> {
  const people = [];
  for (const name of ['ann', 'bob', 'cat', 'dan']) {
    const { body } = await key.create('/users', { name, email: `${name}@example.com`, password: PASSWORD });
    people.push({ id: body.id, ...(await logIn(anyone, body.email)) });
  }
  const [owner, , , reader] = people;
  const { body: calendar } = await key.create(`/users/${owner.id}/calendars`, { name: 'Second' });
  const { body: calendars } = await key.get(`/users/${owner.id}/calendars`);
  const grant = { grantee: { type: 'user', user_id: reader.id }, role: 'reader' } as const;
  for (const { id } of calendars) await key.create(`/calendars/${id}/grants`, grant);
  const [ofUser, ofCalendar] = [`/users/${owner.id}/events`, `/calendars/${calendar.id}/events`];
  const followed: [Client, string][] = [
    [key, '/changes'],
    [owner.client, ofUser],
    [reader.client, ofUser],
    [key, ofCalendar],
    [reader.client, ofCalendar],
  ];
  return {
    world: { users: people.map(({ id }) => id), calendars: calendars.map(({ id }) => id) },
    mirrors: followed.map(([client, path]) => new Mirror(() => at(client), path, '&limit=50')),
  };
}
