import type { BookedEvent, NewEvent, NewRoom, Room } from '../../../clients/typescript/src/schema.js';
import type { Client, ServiceResponse } from './client.js';

/** Monday to Friday from 9 to 17 o'clock. */
export const OFFICE_HOURS = [{ days_of_week: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }];

/** A meeting on Monday 2031-01-06, in UTC. */
export interface Meeting extends Partial<NewEvent> {
  /** `09:00 - 10:00`, or `08 09:00 - 10:00` on another day of the month. */
  readonly time: string;
}

/** Creates rooms, and books them, in a short notation. */
export class Rooms {
  private count = 0;

  /** @param client an API key, or a client without a token */
  constructor(private readonly client: Client) {}

  /** Creates a room. @returns its id */
  async room(fields: Partial<NewRoom> = {}): Promise<number> {
    return (await this.create(fields)).id;
  }

  async create(fields: Partial<NewRoom> = {}): Promise<Room> {
    this.count += 1;
    return (await this.client.create('/rooms', { name: `room ${this.count}`, ...fields })).body;
  }

  /** Books rooms for a meeting of an organizer. */
  async book(
    organizerId: number,
    roomIds: readonly number[],
    { time, ...fields }: Meeting,
  ): Promise<ServiceResponse<BookedEvent>> {
    return this.client.post('/events', {
      title: 'Planning',
      organizer_user_id: organizerId,
      invited_room_ids: [...roomIds],
      ...times(time),
      ...fields,
    });
  }

  /** The ids of the rooms that a search finds, over all pages. */
  async found(query: string): Promise<number[]> {
    const ids: number[] = [];
    for await (const { body } of this.client.pages(`/rooms?${query}`)) ids.push(...body.map(({ id }) => id));
    return ids;
  }
}

/** The start and the end of a meeting. */
export function times(time: string): { readonly start_date: string; readonly end_date: string } {
  const [start, end] = time.split(' - ');
  const [day, from] = start.includes(' ') ? start.split(' ') : ['06', start];
  return { start_date: `2031-01-${day}T${from}:00Z`, end_date: `2031-01-${day}T${end}:00Z` };
}

/** The status of a room in an event. */
export function statusOf({ attendees }: Pick<BookedEvent, 'attendees'>, roomId: number): string | undefined {
  return attendees.find(({ user }) => user.id === roomId)?.status;
}
