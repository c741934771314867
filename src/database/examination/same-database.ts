import type { Client } from 'pg';
import type { Pooler } from '../../platform/configuration/sections/database-configuration.js';
import { errorCode } from '../../platform/error-code.js';
import { type DatabaseAddress, withConnection } from './examine-database.js';
import { UnusableDatabaseError } from './unusable-database-error.js';

interface Identity {
  readonly name: string;
  /** The identifier that a server shares with its standbys. */
  readonly system: string;
  readonly oid: string;
}

/**
 * Makes sure that both addresses lead to one database, before anything is changed at either. Accepts databases that do not
 * tell their identity: there, tables that are missing after the migrations show the fault.
 * @throws {UnusableDatabaseError}
 */
export async function expectSameDatabase(
  [address, pooler]: readonly [DatabaseAddress, Pooler],
  direct: DatabaseAddress,
  schema: string,
): Promise<void> {
  const ours = await withConnection(address, schema, pooler, identityOf);
  const theirs = await withConnection(direct, schema, 'none', identityOf);
  if (ours === null || theirs === null) return;
  if (ours.system === theirs.system && ours.oid === theirs.oid) return;
  const names =
    ours.name === theirs.name
      ? `"${ours.name}" on two servers`
      : `"${theirs.name}" instead of "${ours.name}"`;
  throw new UnusableDatabaseError(
    `${direct.name} names another database than ${address.name} (${names}): let both name the same database.`,
  );
}

async function identityOf(client: Client): Promise<Identity | null> {
  try {
    const { rows } = await client.query<Identity>(
      `SELECT datname AS name, oid::text AS oid, (SELECT system_identifier::text FROM pg_control_system()) AS system
         FROM pg_database WHERE datname = current_database()`,
    );
    return rows[0];
  } catch (error) {
    // A hosted server may not let its users read its identity.
    if (errorCode(error)?.startsWith('42') || errorCode(error) === '0A000') return null;
    throw error;
  }
}
