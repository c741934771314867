import type { FreeBusy, NearestInterval, NewEvent, User } from '../../../clients/typescript/src/schema.js';
import { Client } from './client.js';

/** Times are `2026-01-05 09:00` in UTC, which is a Monday morning; a time alone is on that Monday. */
export interface Someone {
  /** `09:00 - 18:00, 19:00 - 20:00`: each from Monday to Friday, in the zone. */
  readonly hours?: string;
  /** `09:00 - 10:00, 11:00 - 12:00`: events that the user organizes. */
  readonly busy?: string;
  readonly zone?: string;
  readonly double_booking?: User['double_booking'];
  readonly availability_overrides?: User['availability_overrides'];
  readonly away?: User['away'];
}

/** Creates and reads users and events over HTTP, in a short notation. */
export class Calendars {
  private users = 0;
  readonly client: Client;

  constructor(url: string) {
    this.client = new Client(url);
  }

  /** Creates a user of these hours and events. @returns the id */
  async someone({ hours, busy, zone = 'UTC', ...fields }: Someone = {}): Promise<number> {
    this.users += 1;
    const { body } = await this.client.create('/users', {
      name: `user ${this.users}`,
      email: `user${this.users}@example.com`,
      time_zone: zone,
      working_hours: hours?.split(', ').map((shift) => {
        const [from, to] = shift.split(' - ');
        return { days_of_week: [1, 2, 3, 4, 5], from, to };
      }),
      ...fields,
    });
    for (const time of busy?.split(', ') ?? []) await this.event(time, { organizer_user_id: body.id });
    return body.id;
  }

  async everyone(people: readonly Someone[]): Promise<number[]> {
    const ids: number[] = [];
    for (const person of people) ids.push(await this.someone(person));
    return ids;
  }

  /** Creates an event as `timed` writes it. @returns it */
  async event(time: string, fields: EventFields) {
    const { body } = await this.client.create('/events', timed(time, fields));
    return body;
  }

  /** The busy time of a user, from that Monday to the next. */
  async busy(userId: number, query = ''): Promise<string[]> {
    return (await this.sharedTime(userId, query)).busy.map(toldInterval);
  }

  /** The same with the kind of each interval. */
  async kinds(userId: number, query = ''): Promise<string[]> {
    const { intervals } = await this.sharedTime(userId, query);
    return intervals.map((interval) => `${toldInterval(interval)} ${interval.show_as}`);
  }

  private async sharedTime(userId: number, query: string) {
    const { busy, intervals, code } = await this.freeBusy(userId, query);
    if (busy === null || intervals === null) throw new Error(code);
    return { busy, intervals };
  }

  private async freeBusy(userId: number, query: string): Promise<FreeBusy> {
    const window = 'from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z';
    const { status, body } = await this.client.get(`/free-busy?user_ids=${userId}&${window}&${query}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body[0];
  }

  /** The answer of a search from that Monday 08:00 for a week, unless the query sets another window. */
  async nearest(userIds: readonly number[], query = ''): Promise<Nearest> {
    const asked = new URLSearchParams(query);
    for (const [name, value] of Object.entries({
      duration: '1h',
      from: '2026-01-05T08:00:00Z',
      to: '2026-01-12T08:00:00Z',
    }))
      if (!asked.has(name)) asked.set(name, value);
    for (const id of userIds) asked.append('user_ids', String(id));
    const { status, body } = await this.client.get(`/events:nearest-empty-time-interval?${asked.toString()}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return {
      body,
      time: body.start === null || body.end === null ? null : `${told(body.start)} - ${told(body.end)}`,
      freeUntil: body.free_until === null ? null : told(body.free_until),
      times: body.suggestions.map(toldInterval),
      attending: body.suggestions.map(({ attending }) =>
        attending.map((id) => userIds.indexOf(id) + 1 || `optional ${id}`),
      ),
      reasons: body.reasons.map(
        ({ user_id, rule, optional, unavailable_throughout }) =>
          `${optional ? `optional ${user_id}` : userIds.indexOf(user_id) + 1} ${rule}${unavailable_throughout ? ', throughout' : ''}`,
      ),
      until: body.reasons.map(({ until }) => (until === null ? null : told(until))),
      relaxations:
        body.relaxations?.map(
          (relaxation) =>
            `${userIds.indexOf(relaxation.user_id) + 1} ${relaxation.rule} ${toldInterval(relaxation)}`,
        ) ?? null,
    };
  }
}

/** The response to a search in the short notation. A user is a position in the list of users, from 1. */
export interface Nearest {
  readonly body: NearestInterval;
  readonly time: string | null;
  readonly freeUntil: string | null;
  readonly times: readonly string[];
  readonly attending: readonly (number | string)[][];
  readonly reasons: readonly string[];
  /** Of the reasons, in the same order. */
  readonly until: readonly (string | null)[];
  readonly relaxations: readonly string[] | null;
}

type EventFields = Pick<NewEvent, 'organizer_user_id'> & Partial<NewEvent>;

/** The body that creates an event at this time. If the time is empty, `fields` has the start. */
export function timed(time: string, fields: EventFields): NewEvent {
  const [start, end] = time.split(' - ').map(instantOf);
  return { title: 'Planning', start_date: start, end_date: end, ...fields };
}

function instantOf(text: string): string {
  return `${text.length > 5 ? text.replace(' ', 'T') : `2026-01-05T${text}`}:00Z`;
}

export function toldInterval({ start, end }: { start: string; end: string }): string {
  return `${told(start)} - ${told(end)}`;
}

function told(instant: string): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ').replace('2026-01-05 ', '');
}
