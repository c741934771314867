import { eventually, query } from '../database/data-directory.js';

const NEXT = 'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xid';
const OLDEST = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid';

/**
 * Waits for all transactions that have begun, those of other tests on the same server included. A new sync token is older
 * than each running transaction, so that until then it ends with a purge of changes that have just been made.
 */
export async function settledTransactions(url: string): Promise<void> {
  const next = await transaction(url, NEXT);
  await eventually(async () => (await transaction(url, OLDEST)) >= next);
}

async function transaction(url: string, statement: string): Promise<bigint> {
  const [{ xid }] = (await query(url, statement)) as [{ xid: string }];
  return BigInt(xid);
}
