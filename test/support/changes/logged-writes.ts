import { expect } from '@jest/globals';
import { query } from '../database/data-directory.js';
import type { AcknowledgedWrites } from './writes/acknowledged-writes.js';

/** A row of the log. */
export interface LoggedRow {
  readonly sequence: number;
  readonly eventId: number;
  readonly version: number;
  readonly kind: string;
}

/** The log, in the order of `sequence`. */
export async function loggedRows(databaseUrl: string): Promise<LoggedRow[]> {
  return query(
    databaseUrl,
    'SELECT sequence::float8, event_id AS "eventId", version, kind FROM event_changes ORDER BY event_changes.sequence',
  );
}

/**
 * Expects that the log has each acknowledged change once and no other one: for each event one row for each version, from
 * its creation to its present version or its deletion. The creation by a split has a later version than 1.
 */
export async function expectLogged(databaseUrl: string, written: AcknowledgedWrites): Promise<void> {
  const rows = new Map<number, LoggedRow[]>();
  for (const row of await loggedRows(databaseUrl))
    rows.set(row.eventId, [...(rows.get(row.eventId) ?? []), row]);
  const present = await query<{ id: number; version: number }>(databaseUrl, 'SELECT id, version FROM events');
  const presentVersions = new Map(present.map(({ id, version }) => [id, version]));

  const faults: string[] = [];
  for (const [id, ofEvent] of rows) {
    if (!ofEvent.every(follows)) faults.push(`event ${id} has the changes ${ofEvent.map(told).join(', ')}`);
    const last = ofEvent.at(-1);
    const atEnd = last?.kind === 'deleted' ? undefined : last?.version;
    if (presentVersions.get(id) !== atEnd)
      faults.push(`event ${id} has version ${presentVersions.get(id)}, and the log ${atEnd}`);
  }
  for (const id of presentVersions.keys()) if (!rows.has(id)) faults.push(`event ${id} is not in the log`);
  for (const [id, { versions, certain, possible }] of written.events) {
    const logged = rows.get(id) ?? [];
    const missed = [...versions].filter((version) => !logged.some((row) => row.version === version));
    if (missed.length > 0) faults.push(`the log does not have versions ${missed.join(', ')} of event ${id}`);
    // A creation without a response leaves an event whose creation is not counted.
    const uncounted = written.lost > 0 ? 1 : 0;
    const most = certain + possible + uncounted + written.ofAny;
    if (logged.length < certain || logged.length > most)
      faults.push(`event ${id} has ${logged.length} changes in the log, not ${certain} to ${most}`);
  }
  expect(faults).toEqual([]);
}

/** Whether a row of an event follows the one before it. */
function follows({ kind, version }: LoggedRow, index: number, rows: readonly LoggedRow[]): boolean {
  if (index === 0) return kind === 'created';
  const before = rows[index - 1];
  return kind !== 'created' && before.kind !== 'deleted' && version === before.version + 1;
}

function told({ kind, version }: LoggedRow): string {
  return `${kind} ${version}`;
}
