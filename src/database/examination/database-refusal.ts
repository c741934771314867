import { errorCode } from '../../platform/error-code.js';
import { type DatabaseFacts, MIGRATIONS_TABLE, type UnusableRelations } from './database-facts.js';

/** As `server_version_num`. */
const OLDEST_VERSION = 140_000;

/** The use of an address. */
export interface AddressUse {
  /** The variable that holds the address. */
  readonly variable: string;
  /** Whether migrations run at this address, by its user. */
  readonly migrates: boolean;
  /** Whether there are migrations to run at this address. */
  readonly pending: boolean;
}

/** The reason why a database cannot serve, in one sentence with the remedy; null if the database can serve. */
export function refusalOf(facts: DatabaseFacts, { variable, migrates, pending }: AddressUse): string | null {
  const { user, database, schema } = facts;
  if (facts.version < OLDEST_VERSION)
    return `PostgreSQL ${facts.versionName} is too old: the service needs version ${OLDEST_VERSION / 10_000} or later.`;
  if (facts.encoding !== 'UTF8') {
    return (
      `The database "${database}" has the encoding ${facts.encoding}, which cannot store every text: create one with ` +
      `CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and name it in ${variable}.`
    );
  }
  if (!facts.keepsForeignKeys)
    return `session_replication_role turns foreign keys off for the user "${user}": reset it to origin.`;
  if (!facts.schemaExists && !facts.mayCreateInDatabase) {
    return (
      `The schema "${schema}" does not exist and the user "${user}" may not create it: ` +
      `run CREATE SCHEMA "${schema}" AUTHORIZATION "${user}".`
    );
  }
  if (facts.schemaExists && !facts.mayUseSchema) {
    const rights = migrates ? 'USAGE, CREATE' : 'USAGE';
    return `The user "${user}" may not use the schema "${schema}": run GRANT ${rights} ON SCHEMA "${schema}" TO "${user}".`;
  }
  if (!facts.mayReadMigrations)
    return rightsRefusal(facts, { missing: [], tables: [MIGRATIONS_TABLE], sequences: [] });
  if (facts.foreignNames.length > 0) {
    return (
      `The schema "${schema}" has ${facts.foreignNames.join(', ')} of another application: ` +
      `set DATABASE_SCHEMA to a schema for the service alone, such as calendar, or name another database in ${variable}.`
    );
  }
  return pending ? refusalToMigrate(facts, variable) : null;
}

function refusalToMigrate(facts: DatabaseFacts, variable: string): string | null {
  const { user, schema } = facts;
  if (facts.schemaExists && !facts.mayCreateInSchema)
    return `The user "${user}" may not create tables in the schema "${schema}": run GRANT CREATE ON SCHEMA "${schema}" TO "${user}".`;
  if (facts.unavailableExtensions.length > 0) {
    return (
      `The server does not have the extension ${facts.unavailableExtensions.join(', ')}: install PostgreSQL's contrib package ` +
      '(postgresql-contrib) on it.'
    );
  }
  if (facts.inRecovery || (facts.readOnly && !facts.readOnlyByDefault))
    return `The server is read-only and the schema has to be migrated: name the primary in ${variable}, or make the server writable.`;
  return null;
}

/** The reason why an extension could not be created. */
export function extensionRefusal(
  { database, user }: DatabaseFacts,
  extension: string,
  error: unknown,
): string {
  const who =
    errorCode(error) === '42501'
      ? `The user "${user}" may not create the extension ${extension}`
      : `The server does not create the extension ${extension}`;
  return `${who} (${messageOf(error)}): run CREATE EXTENSION ${extension} as a superuser in the database "${database}".`;
}

/** The reason why a user cannot work with the tables that migrations have made; null if the user can. */
export function rightsRefusal(
  { schema, user }: Pick<DatabaseFacts, 'schema' | 'user'>,
  { missing, tables, sequences }: UnusableRelations,
): string | null {
  if (missing.length > 0) {
    return (
      `The schema "${schema}" lacks ${missing.join(', ')}, although its migrations have run: ` +
      'restore it from a backup, or set DATABASE_SCHEMA to a new schema.'
    );
  }
  const grants: string[] = [];
  if (tables.length > 0)
    grants.push(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${schema}" TO "${user}"`);
  if (sequences.length > 0) {
    const names = sequences.map((name) => `"${schema}"."${name}"`);
    grants.push(`GRANT USAGE ON SEQUENCE ${names.join(', ')} TO "${user}"`);
  }
  if (grants.length === 0) return null;
  const deed = tables.length > 0 ? 'read and write' : 'use';
  return (
    `The user "${user}" may not ${deed} ${[...tables, ...sequences].join(', ')} in the schema "${schema}": ` +
    `run ${grants.join(' and ')}.`
  );
}

/** The reason why the service refuses a database without the tables after migrations have run at the other address. */
export function otherDatabaseRefusal({ schema, database }: DatabaseFacts): string {
  return (
    `The schema "${schema}" of the database "${database}" lacks what migrations made at DATABASE_DIRECT_URL, which names ` +
    'another database than DATABASE_URL: let both name the same database.'
  );
}

/** PostgreSQL's errors of a migration that the owner of the database can remedy. */
const MIGRATION_REMEDIES: Readonly<Record<string, string>> = {
  '25006': 'make the server writable',
  '42501':
    'let the owner of the tables migrate, or give them to the user of the address with ALTER … OWNER TO',
  '42723': 'set DATABASE_SCHEMA to a schema for the service alone',
  '42710': 'set DATABASE_SCHEMA to a schema for the service alone',
  '42P07': 'set DATABASE_SCHEMA to a schema for the service alone',
  '53100': 'make room on the disk of the server',
};

/** The reason why a migration failed; null if the service is at fault. */
export function migrationRefusal(schema: string, error: unknown): string | null {
  const remedy = MIGRATION_REMEDIES[errorCode(error) ?? ''];
  return remedy === undefined
    ? null
    : `The service cannot migrate the schema "${schema}" (${messageOf(error)}): ${remedy}.`;
}

/** The client's certificate is not accepted: alerts of the server's TLS. */
const CLIENT_CERTIFICATE_ERROR = /^ERR_SSL_.*ALERT_(?:BAD_CERT|CERT|UNKNOWN_CA|UNSUPPORTED_CERT)/;

/** Errors of a certificate, of Node's TLS. */
const CERTIFICATE_ERROR = /certificate|^CERT_|^ERR_TLS_CERT/i;

/**
 * The reason why PostgreSQL, or a pooler before it, refuses the connection.
 * @param name the variable that holds the address
 * @param hasPassword whether the client has a password
 */
export function connectionRefusal(name: string, error: unknown, hasPassword = true): string {
  const code = errorCode(error) ?? '';
  const message = messageOf(error);
  if (isUnknownParameter(error))
    return `The pooler at ${name} refuses the connection (${message}): remove options from ${name}, and set DATABASE_POOLER=transaction if the pooler is in transaction mode.`;
  if (code === '3D000')
    return `The database of ${name} does not exist (${message}): create it with CREATE DATABASE, encoding UTF8.`;
  if (PASSWORD_MISSING.test(message) || (code === '28P01' && !hasPassword))
    return `${name} has no password, and PostgreSQL asks for one: write it as postgres://user:password@host:5432/database.`;
  if (code.startsWith('28'))
    return `PostgreSQL does not let the user of ${name} in (${message}): check the user, the password, sslmode and the server's pg_hba.conf.`;
  if (code === '42501')
    return `The user of ${name} may not connect (${message}): run GRANT CONNECT ON DATABASE for that user.`;
  if (/does not support SSL/.test(message))
    return `The server of ${name} does not encrypt connections: turn ssl on at the server, or set sslmode=disable.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return hostRefusal(name, error);
  if (CLIENT_CERTIFICATE_ERROR.test(code))
    return `The server of ${name} does not accept the certificate of the client (${message}): name one with sslcert and sslkey that the server trusts.`;
  if (CERTIFICATE_ERROR.test(code) || CERTIFICATE_ERROR.test(message))
    return `The certificate of the server of ${name} is not accepted (${message}): name its authority with sslrootcert, or set sslmode=require, which does not verify it.`;
  return `PostgreSQL at ${name} refuses the connection (${message}): check ${name}.`;
}

/** The driver's error, which has no code, if the server asks for a password that the client does not have. */
const PASSWORD_MISSING = /client password must be/;

/** Why the name of the host is not one of the certificate's. */
function hostRefusal(name: string, error: unknown): string {
  const { host, cert } = error as {
    host?: string;
    cert?: { subjectaltname?: string; subject?: { CN?: string } };
  };
  const names = (cert?.subjectaltname ?? cert?.subject?.CN ?? '').replace(/\b(?:DNS|IP Address):/g, '');
  return (
    `The certificate of the server of ${name} is for ${names || 'no host'}, and the host of ${name} is ${host}: ` +
    `name a host of the certificate in ${name}, or set sslmode=verify-ca, which does not compare the host.`
  );
}

/** Whether a pooler refuses a parameter of the start-up packet. */
export function isUnknownParameter(error: unknown): boolean {
  return /unsupported startup parameter/.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/[.\s]+$/, '') : String(error);
}
