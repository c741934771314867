import type { EventPatch, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Client, type ServiceResponse } from './client.js';

/** Creates, changes and lists the series of one organizer with one attendee. Throws if a request fails. */
export class SeriesClient {
  private constructor(
    readonly client: Client,
    readonly organizer: number,
    readonly attendee: number,
  ) {}

  static async of(url: string): Promise<SeriesClient> {
    const client = new Client(url);
    const signUp = async (name: string) =>
      (await client.create('/users', { name, email: `${name}@example.com` })).body.id;
    return new SeriesClient(client, await signUp('ann'), await signUp('bob'));
  }

  async create(event: Pick<NewEvent, 'start_date'> & Partial<NewEvent>): Promise<number> {
    const body = { title: 'Series', organizer_user_id: this.organizer, ...event };
    return (await this.expected(201, this.client.post('/events', body))).id;
  }

  async get(id: number) {
    return this.expected(200, this.client.get(`/events/${id}`));
  }

  async change(id: number, body: EventPatch) {
    return this.expected(200, this.client.patch(`/events/${id}`, body));
  }

  async changeOne(id: number, originalStart: string, body: EventPatch) {
    return this.expected(200, this.client.patch(`/events/${id}/occurrences/${originalStart}`, body));
  }

  async changeFrom(id: number, originalStart: string, body: EventPatch) {
    const path = `/events/${id}/occurrences/${originalStart}?scope=following` as const;
    return this.expected(200, this.client.patch(path, body));
  }

  async cancel(id: number, originalStart: string): Promise<void> {
    await this.expected(204, this.client.delete(`/events/${id}/occurrences/${originalStart}`));
  }

  async occurrences(id: number, from = '2026-07-01', to = '2027-07-01') {
    const window = `from=${from}T00:00:00Z&to=${to}T00:00:00Z`;
    return this.expected(200, this.client.get(`/events/${id}/occurrences?${window}&limit=200`));
  }

  async starts(id: number): Promise<string[]> {
    return (await this.occurrences(id)).map(({ start }) => start);
  }

  private async expected<Body>(status: number, response: Promise<ServiceResponse<Body>>): Promise<Body> {
    const { status: actual, body } = await response;
    if (actual !== status) throw new Error(`${actual} instead of ${status}: ${JSON.stringify(body)}`);
    return body;
  }
}
