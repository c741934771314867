import { errorCode } from '../common/error-code.js';
import { type DatabaseFacts, EXTENSION } from './database-facts.js';

const OLDEST_VERSION = 140_000;

/**
 * Why a database cannot serve, in one sentence with the remedy; null if it can.
 * @param pending whether migrations have to run here
 */
export function refusalOf(facts: DatabaseFacts, pending: boolean): string | null {
  const { user, database, schema } = facts;
  if (facts.version < OLDEST_VERSION) {
    return `PostgreSQL ${facts.versionName} is too old: the service needs version 14 or later.`;
  }
  if (facts.encoding !== 'UTF8') {
    return (
      `The database "${database}" has the encoding ${facts.encoding}, which cannot store every text: create one with ` +
      `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and name it in DATABASE_URL.`
    );
  }
  if (!facts.keepsForeignKeys) {
    return `session_replication_role turns foreign keys off for the user "${user}": reset it to origin.`;
  }
  if (!facts.schemaExists && !facts.mayCreateInDatabase) {
    return (
      `The schema "${schema}" does not exist and the user "${user}" may not create it: ` +
      `run CREATE SCHEMA "${schema}" AUTHORIZATION "${user}".`
    );
  }
  if (facts.schemaExists && !facts.mayUseSchema) {
    return `The user "${user}" may not use the schema "${schema}": run GRANT USAGE, CREATE ON SCHEMA "${schema}" TO "${user}".`;
  }
  if (facts.foreignNames.length > 0) {
    return (
      `The schema "${schema}" has ${facts.foreignNames.join(', ')} of another application: ` +
      'set DATABASE_SCHEMA to a schema for the service alone, such as calendar, or name another database in DATABASE_URL.'
    );
  }
  return pending ? refusalToMigrate(facts) : null;
}

function refusalToMigrate(facts: DatabaseFacts): string | null {
  const { user, schema } = facts;
  if (facts.schemaExists && !facts.mayCreateInSchema) {
    return `The user "${user}" may not create tables in the schema "${schema}": run GRANT CREATE ON SCHEMA "${schema}" TO "${user}".`;
  }
  if (!facts.extensionInstalled && !facts.extensionAvailable) {
    return (
      `The server does not have the extension ${EXTENSION}: install PostgreSQL's contrib package ` +
      '(postgresql-contrib) on it.'
    );
  }
  if (facts.inRecovery || (facts.readOnly && !facts.readOnlyByDefault)) {
    return 'The server is read-only and the schema has to be migrated: name the primary in DATABASE_URL, or make the server writable.';
  }
  return null;
}

/** Why the extension could not be created. */
export function extensionRefusal({ database, user }: DatabaseFacts, error: unknown): string {
  return (
    `The user "${user}" may not create the extension ${EXTENSION} (${messageOf(error)}): ` +
    `run CREATE EXTENSION ${EXTENSION} as a superuser in the database "${database}".`
  );
}

/** What a user of DATABASE_URL needs who does not own the tables. */
export function rightsRefusal(schema: string, tables: readonly string[]): string {
  return (
    `The user of DATABASE_URL may not read and write ${tables.join(', ')} in the schema "${schema}": run ` +
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${schema}" and GRANT USAGE ON ALL SEQUENCES IN SCHEMA "${schema}".`
  );
}

/** PostgreSQL's errors of a migration that the owner of the database can remedy. */
const MIGRATION_REMEDIES: Readonly<Record<string, string>> = {
  '25006': 'make the server writable',
  '42501':
    'let the owner of the tables migrate, or give them to the user of DATABASE_URL with ALTER … OWNER TO',
  '42723': 'set DATABASE_SCHEMA to a schema for the service alone',
  '42710': 'set DATABASE_SCHEMA to a schema for the service alone',
  '42P07': 'set DATABASE_SCHEMA to a schema for the service alone',
  '53100': 'make room on the disk of the server',
};

/** Why a migration failed; null if it is a fault of the service. */
export function migrationRefusal(schema: string, error: unknown): string | null {
  const remedy = MIGRATION_REMEDIES[errorCode(error) ?? ''];
  return remedy === undefined
    ? null
    : `The service cannot migrate the schema "${schema}" (${messageOf(error)}): ${remedy}.`;
}

/** Errors of a certificate, of Node's TLS. */
const CERTIFICATE_ERROR = /certificate|^CERT_|^ERR_TLS_CERT/i;

/** Why PostgreSQL, or what stands before it, refuses the connection. @param name the variable that holds the address */
export function connectionRefusal(name: string, error: unknown): string {
  const code = errorCode(error) ?? '';
  const message = messageOf(error);
  if (isUnknownParameter(error)) {
    return `The pooler at ${name} refuses the connection (${message}): remove options from ${name}, and set DATABASE_POOLER=transaction if the pooler is in transaction mode.`;
  }
  if (code === '3D000') return `The database of ${name} does not exist (${message}): run CREATE DATABASE.`;
  if (code.startsWith('28') || /password must be a string/.test(message)) {
    return `PostgreSQL does not let the user of ${name} in (${message}): check the user, the password, sslmode and the server's pg_hba.conf.`;
  }
  if (code === '42501')
    return `The user of ${name} may not connect (${message}): run GRANT CONNECT ON DATABASE.`;
  if (/does not support SSL/.test(message)) {
    return `The server of ${name} does not encrypt connections: turn ssl on at the server, or set sslmode=disable.`;
  }
  if (CERTIFICATE_ERROR.test(code) || CERTIFICATE_ERROR.test(message)) {
    return `The certificate of the server of ${name} is not accepted (${message}): name its authority with sslrootcert, or set sslmode=require, which does not verify it.`;
  }
  return `PostgreSQL at ${name} refuses the connection (${message}): check ${name}.`;
}

/** Whether a pooler refuses a parameter of the start-up packet. */
export function isUnknownParameter(error: unknown): boolean {
  return /unsupported startup parameter/.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/[.\s]+$/, '') : String(error);
}
