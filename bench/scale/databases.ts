import { withoutKeys } from '../bulk/without-keys.js';
import type { Dataset } from '../floor/data/calendars.js';
import { serviceDatabase } from '../floor/service-database.js';
import { connected, execute, newDatabase } from '../scheduling/database.js';
import { COPIED_TABLES } from './copied-tables.js';
import { copyRows } from './copy-rows.js';

/** The settings of a server that loads many rows: a table that is filled where it is made writes no WAL. */
export const LOADING_SETTINGS = {
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
};

/** The log of changes has the creation of one in so many events. The service keeps it for 400 days. */
const LOGGED_SHARE = 4;
const EVENTS_IN_TRANSACTION = 10;

/** Makes the small database. @returns its address */
export async function smallDatabase(serverUrl: string, dataset: Dataset): Promise<string> {
  const url = await serviceDatabase(serverUrl, dataset, false);
  // The triggers of the log raise the versions of the calendars. All other users have had a change before.
  await execute(
    url,
    `DO $$ DECLARE highest integer := (SELECT max(id) FROM events);
     BEGIN
       FOR lowest IN highest - highest / ${LOGGED_SHARE} .. highest BY ${EVENTS_IN_TRANSACTION} LOOP
         INSERT INTO event_changes (tenant_id, event_id, version, kind, updated_at)
         SELECT tenant_id, id, version, 'created', updated_at FROM events
          WHERE tenant_id = 1 AND id >= lowest AND id < lowest + ${EVENTS_IN_TRANSACTION};
         COMMIT;
       END LOOP;
     END $$`,
    `INSERT INTO calendar_versions (tenant_id, user_id, entries, settings)
     SELECT tenant_id, id, 1, 1 FROM users ON CONFLICT DO NOTHING`,
    'VACUUM ANALYZE',
  );
  return url;
}

/** Makes the large database: copies of the small one, under other users. @returns its address */
export async function largeDatabase(serverUrl: string, smallUrl: string, copies: number): Promise<string> {
  const url = await newDatabase(serverUrl, 'large', 'service');
  const [source, target] = [await connected(smallUrl), await connected(url)];
  try {
    const tables = COPIED_TABLES.map(({ name }) => name);
    await target.query(`SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'`);
    await target.query('BEGIN');
    await target.query(`TRUNCATE ${tables.join(', ')} CASCADE`);
    await withoutKeys(target, tables, async () => {
      // The rows are as the triggers of the small database left them.
      await target.query('SET LOCAL session_replication_role = replica');
      for (const table of COPIED_TABLES) await copyRows(source, target, table, copies);
      await target.query('SET LOCAL session_replication_role = origin');
    });
    await target.query(
      `SELECT setval(format('%I.%I', schemaname, sequencename), (last_value + 1) * $1)
         FROM pg_sequences WHERE last_value IS NOT NULL`,
      [copies],
    );
    await target.query('COMMIT');
    await target.query('VACUUM ANALYZE');
  } finally {
    await source.end();
    await target.end();
  }
  return url;
}
