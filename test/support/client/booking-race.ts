import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Calendars, timed } from './calendars.js';
import type { Client, ServiceResponse } from './client.js';

const CALLERS = 100;

/** The statuses, in ascending order, if one of the callers wins and the others are refused. */
export const ONE_WINS: readonly number[] = [201, ...Array.from({ length: CALLERS - 1 }, () => 409)];

/** The statuses of responses, in ascending order. */
export function statusesOf(answers: readonly ServiceResponse[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}

/**
 * Sends a hundred bookings of the same hour together, each by another organizer, through each of the clients in turn.
 * @param room the user whom each organizer invites
 * @param fields further fields of each booking
 */
export async function raceForHour(
  calendars: Calendars,
  clients: readonly Client[],
  room: number,
  fields: (index: number) => Partial<NewEvent>,
): Promise<ServiceResponse<BookedEvent>[]> {
  const organizers = await calendars.everyone(Array.from({ length: CALLERS }, () => ({})));
  return Promise.all(
    organizers.map(async (organizer, index) =>
      clients[index % clients.length].post(
        '/events',
        timed('09:00 - 10:00', {
          organizer_user_id: organizer,
          invited_user_ids: [room],
          ...fields(index),
        }),
      ),
    ),
  );
}
