import { randomBytes } from 'node:crypto';
import { databaseUrl, execute } from './test-server.js';

const server = process.env.TEST_SERVER_URL as string;
const undo: (() => Promise<void>)[] = [];

/** Removes the databases and roles that the functions below have made. */
export async function removeDatabases(): Promise<void> {
  for (const each of undo.splice(0).toReversed()) await each();
}

/** A new and empty database. @returns its address */
export async function emptyDatabase(options = ''): Promise<string> {
  const name = `calendar_empty_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE template0 ${options}`);
  undo.push(async () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`));
  return databaseUrl(server, name);
}

/** A role without rights of its own. @returns the address with it */
export async function asNewRole(url: string): Promise<{ url: string; role: string }> {
  const role = `ann_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  undo.push(async () => {
    await execute(url, `DROP OWNED BY ${role}`);
    await execute(server, `DROP ROLE ${role}`);
  });
  const address = new URL(url);
  address.username = role;
  address.password = 'secret';
  return { url: address.href, role };
}
