import { query } from './data-directory.js';

/** A digest of all events and attendees. If a refused request has changed nothing, it is the same before and after. */
export async function stateOfEvents(databaseUrl: string): Promise<string | undefined> {
  const [row] = await query<{ state: string }>(
    databaseUrl,
    `SELECT (SELECT md5(string_agg(e::text, '|' ORDER BY id)) FROM events e)
         || (SELECT md5(string_agg(a::text, '|' ORDER BY event_id, user_id)) FROM attendees a) AS state`,
  );
  return row?.state;
}
