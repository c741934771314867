import type { Hold, NewHold } from '../../../clients/typescript/src/schema.js';
import { query } from '../database/data-directory.js';
import type { Client, ServiceResponse } from './client.js';
import { times } from './rooms.js';

/** A hold on Monday 2031-01-06, in UTC. */
export interface HeldTime extends Omit<Partial<NewHold>, 'start_date' | 'duration'> {
  /** `09:00 - 10:00`, or `08 09:00 - 10:00` on another day of the month. */
  readonly time: string;
}

/** The body of a hold. */
export function held({ time, ...fields }: HeldTime): NewHold {
  const { start_date: start, end_date: end } = times(time);
  return { start_date: start, duration: (Date.parse(end) - Date.parse(start)) / 1000, ...fields };
}

/** Asks for a hold. */
export async function tryHold(client: Client, time: HeldTime): Promise<ServiceResponse<Hold>> {
  return client.post('/holds', held(time));
}

/** Creates a hold. @throws {Error} if the service refuses it */
export async function hold(client: Client, time: HeldTime): Promise<Hold> {
  return (await client.create('/holds', held(time))).body;
}

/** Lets holds of a database expire, as if time had passed. */
export async function expire(databaseUrl: string, ids: readonly number[], secondsAgo = 0): Promise<void> {
  const moment = `clock_timestamp() - interval '${secondsAgo} seconds'`;
  const list = ids.join();
  await query(
    databaseUrl,
    `UPDATE holds SET expires_at = ${moment} WHERE id IN (${list});
     UPDATE hold_members SET expires_at = ${moment} WHERE hold_id IN (${list})`,
  );
}
