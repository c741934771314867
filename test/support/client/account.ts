import type { SmtpServer } from '../servers/smtp-server.js';
import type { Client } from './client.js';

export const PASSWORD = 'correct horse battery staple';

/** A user who has signed up and logged in. */
export interface Account {
  readonly id: number;
  readonly email: string;
  readonly refreshToken: string;
  /** Sends the user's token. */
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

/** Verifies the address by the token that the service mails to it. */
export async function verifyEmail({ id, client }: Account, { received }: SmtpServer): Promise<void> {
  await client.post(`/users/${id}:verify-email`);
  const [token] = /^\S{20,}$/m.exec(received.at(-1)?.text ?? '') ?? [];
  const { status, body } = await client.post(`/users/${id}:verify-email`, { token });
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
}
