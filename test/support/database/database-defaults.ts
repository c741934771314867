import { query } from './data-directory.js';

/** Settings by name, each as a list of values. */
export type Defaults = Readonly<Record<string, string>>;

/** Sets defaults for all connections to a database. */
export async function setDatabaseDefaults(url: string, defaults: Defaults): Promise<void> {
  await alter(url, `DATABASE ${nameOf(url)}`, defaults);
}

/** Sets defaults for the connections of the role in the address to its database, which come before the database's. */
export async function setRoleDefaults(url: string, defaults: Defaults): Promise<void> {
  await alter(url, `ROLE ${new URL(url).username} IN DATABASE ${nameOf(url)}`, defaults);
}

async function alter(url: string, target: string, defaults: Defaults): Promise<void> {
  const statements = Object.entries(defaults).map(([setting, value]) => {
    const values = value.split(', ').map((part) => `'${part}'`);
    return `ALTER ${target} SET ${setting} = ${values.join(', ')}`;
  });
  // All in one transaction, since each would hold for the next connection.
  await query(url, statements.join(';'));
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
