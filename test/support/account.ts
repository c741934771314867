import type { Client } from './client.js';

export const PASSWORD = 'correct horse battery staple';

/** Somebody who has signed up and logged in. */
export interface Account {
  readonly id: number;
  readonly email: string;
  readonly refreshToken: string;
  /** Shows their token. */
  readonly client: Client;
}

export async function signUp(client: Client, name: string): Promise<Account> {
  const email = `${name}@example.com`;
  const { body: user } = await client.create('/users', { name, email, password: PASSWORD });
  return { id: user.id, email, ...(await logIn(client, email)) };
}

export async function logIn(
  client: Client,
  email: string,
): Promise<Pick<Account, 'client' | 'refreshToken'>> {
  const { body } = await client.post('/auth/login', { email, password: PASSWORD });
  return { refreshToken: body.refresh_token, client: client.with(body.access_token) };
}
