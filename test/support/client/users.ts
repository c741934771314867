import { randomUUID } from 'node:crypto';
import type { NewUser } from '../../../clients/typescript/src/schema.js';
import type { Client } from './client.js';

const AT_ONCE = 20;

/** Creates so many users without a password. @returns their ids, in ascending order */
export async function createUsers(
  client: Client,
  count: number,
  fields: Partial<NewUser> = {},
): Promise<number[]> {
  const ids: number[] = [];
  while (ids.length < count) {
    const created = Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, async () =>
      client.create('/users', { name: 'user', email: `${randomUUID()}@example.com`, ...fields }),
    );
    ids.push(...(await Promise.all(created)).map(({ body }) => body.id));
  }
  return ids.toSorted((a, b) => a - b);
}
