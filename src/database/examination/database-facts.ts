import { type Client, escapeIdentifier } from 'pg';

/** The facts that decide whether a database can hold the service's tables. */
export interface DatabaseFacts {
  /** As `server_version_num`: 150004 is 15.4. */
  readonly version: number;
  readonly versionName: string;
  readonly encoding: string;
  readonly database: string;
  readonly user: string;
  readonly schema: string;
  readonly schemaExists: boolean;
  readonly mayUseSchema: boolean;
  readonly mayCreateInSchema: boolean;
  readonly mayCreateInDatabase: boolean;
  /** Whether the user may create objects in the schema `public`, where services of one database share the extensions. */
  readonly mayCreateInPublic: boolean;
  /** The extensions that the database does not have yet. */
  readonly missingExtensions: readonly string[];
  /** Those of them that the server cannot create. */
  readonly unavailableExtensions: readonly string[];
  /** Relations and types in the schema that have the names of the service's, and the service did not make. */
  readonly foreignNames: readonly string[];
  /** Whether the user may read which migrations have run, if any have. */
  readonly mayReadMigrations: boolean;
  /** Names of the migrations that have run. */
  readonly migrated: readonly string[];
  readonly readOnly: boolean;
  /** Whether the server is a standby. */
  readonly inRecovery: boolean;
  /** Whether the database or the role, rather than the server, makes transactions read-only by default. */
  readonly readOnlyByDefault: boolean;
  /** Whether foreign keys and triggers work. */
  readonly keepsForeignKeys: boolean;
}

/**
 * The extensions of the service: operator classes that index users and intervals together, parts of words, and tenants
 * together with words.
 */
const EXTENSIONS = ['btree_gist', 'pg_trgm', 'btree_gin'];

/** The table that records which migrations have run. */
export const MIGRATIONS_TABLE = 'migrations';

const FACTS = `
  SELECT current_setting('server_version_num')::integer AS version,
         split_part(current_setting('server_version'), ' ', 1) AS "versionName",
         pg_encoding_to_char(d.encoding) AS encoding, d.datname AS database, current_user AS "user", $1 AS schema,
         n.oid IS NOT NULL AS "schemaExists",
         coalesce(has_schema_privilege(n.oid, 'USAGE'), false) AS "mayUseSchema",
         coalesce(has_schema_privilege(n.oid, 'CREATE'), false) AS "mayCreateInSchema",
         has_database_privilege(d.oid, 'CREATE') AS "mayCreateInDatabase",
         coalesce(has_schema_privilege(to_regnamespace('public'), 'CREATE'), false) AS "mayCreateInPublic",
         ARRAY (SELECT wanted.name FROM unnest($3::text[]) AS wanted (name)
                 WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = wanted.name)) AS "missingExtensions",
         ARRAY (SELECT wanted.name FROM unnest($3::text[]) AS wanted (name)
                 WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = wanted.name)
                   AND NOT EXISTS (SELECT FROM pg_available_extensions a WHERE a.name = wanted.name)) AS "unavailableExtensions",
         ARRAY (SELECT relname::text FROM pg_class WHERE relnamespace = n.oid AND relname = ANY ($2)
                UNION SELECT typname::text FROM pg_type WHERE typnamespace = n.oid AND typname = ANY ($2)
                ORDER BY 1) AS names,
         EXISTS (SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                  WHERE c.relnamespace = n.oid AND c.relname = '${MIGRATIONS_TABLE}' AND a.attname = 'name') AS "hasMigrations",
         coalesce((SELECT has_table_privilege(c.oid, 'SELECT') FROM pg_class c
                    WHERE c.relnamespace = n.oid AND c.relname = '${MIGRATIONS_TABLE}'), true) AS "mayReadMigrations",
         current_setting('transaction_read_only') = 'on' AS "readOnly",
         pg_is_in_recovery() AS "inRecovery",
         current_setting('default_transaction_read_only') = 'on' AND EXISTS (
           SELECT FROM pg_settings WHERE name = 'default_transaction_read_only'
              AND source IN ('database', 'user', 'database user')) AS "readOnlyByDefault",
         current_setting('session_replication_role') = 'origin' AS "keepsForeignKeys"
    FROM pg_database d LEFT JOIN pg_namespace n ON n.nspname = $1
   WHERE d.datname = current_database()`;

type FactsRow = Omit<DatabaseFacts, 'foreignNames' | 'migrated'> & {
  readonly names: string[];
  readonly hasMigrations: boolean;
};

/**
 * Reads the facts about a database.
 * @param tables the names of the service's tables
 * @param firstMigration the one that has run in every schema of the service
 */
export async function readFacts(
  client: Client,
  schema: string,
  tables: readonly string[],
  firstMigration: string,
): Promise<DatabaseFacts> {
  const { rows } = await client.query<FactsRow>(FACTS, [schema, [...tables, MIGRATIONS_TABLE], EXTENSIONS]);
  const [{ names, hasMigrations, ...facts }] = rows;
  const readable = hasMigrations && facts.mayUseSchema && facts.mayReadMigrations;
  const migrated = readable ? await migratedIn(client, schema) : [];
  // A first start that was killed leaves this table alone, empty.
  const own = hasMigrations && migrated.length === 0 ? MIGRATIONS_TABLE : null;
  const foreignNames = migrated.includes(firstMigration) ? [] : names.filter((name) => name !== own);
  return { ...facts, migrated, foreignNames };
}

async function migratedIn(client: Client, schema: string): Promise<string[]> {
  const table = `${escapeIdentifier(schema)}.${MIGRATIONS_TABLE}`;
  const { rows } = await client.query<{ name: string }>(`SELECT name::text FROM ${table}`);
  return rows.map(({ name }) => name);
}

/** The tables and sequences of the service that the user cannot use. */
export interface UnusableRelations {
  /** Tables that do not exist. */
  readonly missing: readonly string[];
  /** Tables that the user may not read and write. */
  readonly tables: readonly string[];
  /** Sequences that the user may not use. */
  readonly sequences: readonly string[];
}

interface UnusableRelationRow {
  readonly name: string;
  readonly kind: keyof UnusableRelations;
}

export async function unusableRelationsOf(
  query: <Row>(text: string, values: unknown[]) => Promise<Row[]>,
  schema: string,
  tables: readonly string[],
): Promise<UnusableRelations> {
  const rows = await query<UnusableRelationRow>(
    `WITH tables AS (
       SELECT t.name, c.oid FROM unnest($2::text[]) AS t (name)
         LEFT JOIN pg_namespace n ON n.nspname = $1 LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.name)
     SELECT name, 'missing' AS kind FROM tables WHERE oid IS NULL
      UNION ALL
     SELECT name, 'tables' FROM tables
      WHERE NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
             AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))
      UNION ALL
     SELECT s.relname::text, 'sequences' FROM tables t JOIN pg_depend d ON d.refobjid = t.oid AND d.deptype = 'a'
       JOIN pg_class s ON s.oid = d.objid
      WHERE CASE s.relkind WHEN 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE') ELSE false END
      ORDER BY 1`,
    [schema, tables],
  );
  const ofKind = (wanted: keyof UnusableRelations): string[] =>
    rows.filter(({ kind }) => kind === wanted).map(({ name }) => name);
  return { missing: ofKind('missing'), tables: ofKind('tables'), sequences: ofKind('sequences') };
}
