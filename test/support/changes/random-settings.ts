import * as fc from 'fast-check';
import { grantOfTenant } from '../client/sharing.js';
import { query } from '../database/data-directory.js';
import type { World } from './random-changes.js';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York'];
const ROLES = ['none', 'free_busy_reader', 'reader', 'writer', 'owner'];

export interface RandomSetting {
  readonly name: keyof RandomSettings['changes'];
  readonly value: number;
}

/** Changes users, calendars and grants at random, over HTTP and by statements as an instance of another version may send them. */
export class RandomSettings {
  private count = 0;

  constructor(private readonly world: World) {}

  readonly changes = {
    rename: async (value: number) => this.send('PATCH', this.user(value), { name: `Name "${value}" ü` }),
    move: async (value: number) => this.send('PATCH', this.user(value), { time_zone: ZONES[value % 3] }),
    readdress: async (value: number) => {
      this.count += 1;
      const email = `${this.count}-${value}-${this.world.users[0]}@example.org`;
      return this.send('PATCH', this.user(value), { email });
    },
    shareWithTenant: async (value: number) => {
      const calendar = this.calendar(value);
      const grant = await grantOfTenant(this.world.client, calendar);
      const body = { role: ROLES[value % 5], sees_private: value % 4 < 2 };
      return this.send('PATCH', `/calendars/${calendar}/grants/${grant}`, body);
    },
    share: async (value: number) => {
      const grantee = { type: 'user', user_id: this.world.users[(value >> 2) % this.world.users.length] };
      const body = { grantee, role: ROLES[value % 5], sees_private: value % 4 < 2 };
      return this.send('POST', `/calendars/${this.calendar(value)}/grants`, body);
    },
    changeGrant: async (value: number) => {
      const body = { role: ROLES[(value >> 1) % 5] };
      return this.send('PATCH', await this.grantOfUser(value), body);
    },
    endGrant: async (value: number) => this.send('DELETE', await this.grantOfUser(value)),
    changeCalendar: async (value: number) =>
      this.send('PATCH', `/calendars/${this.calendar(value)}`, { counts_as_busy: value % 2 === 0 }),
    deleteCalendar: async (value: number) => {
      const { body } = await this.world.client.create(`/users/${this.id(value)}/calendars`, {
        name: 'Short',
      });
      const [event] = await query<{ id: number }>(
        this.world.databaseUrl,
        `SELECT event_id AS id FROM attendees WHERE user_id = ${this.id(value)} ORDER BY event_id DESC LIMIT 1`,
      );
      if (event) {
        const path = `/users/${this.id(value)}/events/${event.id}`;
        await this.send('PATCH', path, { calendar_id: body.id });
      }
      return this.send('DELETE', `/calendars/${body.id}?events=${value % 2 === 0 ? 'delete' : 'move'}`);
    },
    deleteUser: async (value: number) => {
      this.count += 1;
      const { client, users } = this.world;
      const email = `gone-${this.count}-${users[0]}@example.org`;
      const { body } = await client.create('/users', { name: 'Gone', email });
      await client.send('POST', '/events', {
        title: 'With somebody who goes',
        organizer_user_id: value % 2 === 0 ? body.id : this.id(value),
        invited_user_ids: [value % 2 === 0 ? this.id(value) : body.id],
        start_date: '2126-01-08T12:00:00Z',
        duration: 3_600,
      });
      return this.send('DELETE', `/users/${body.id}`);
    },
    protect: async (value: number) =>
      this.statement(`protected = NOT protected WHERE id = ${this.id(value)}`),
    statement: async (value: number) =>
      this.statement(`name = 'By hand ${value}', kind = 'person' WHERE id = ${this.id(value)}`),
  };

  /** @returns the status of the response */
  async make({ name, value }: RandomSetting): Promise<number> {
    return this.changes[name](value);
  }

  private id(value: number): number {
    return this.world.users[value % this.world.users.length];
  }

  private user(value: number): string {
    return `/users/${this.id(value)}`;
  }

  private calendar(value: number): number {
    return this.world.calendars[(value >> 1) % this.world.calendars.length];
  }

  private async grantOfUser(value: number): Promise<string> {
    const calendar = this.calendar(value);
    const { body } = await this.world.client.get(`/calendars/${calendar}/grants`);
    const grant = body.find(({ grantee }) => grantee.type === 'user');
    return `/calendars/${calendar}/grants/${grant?.id ?? 2_000_000_000}`;
  }

  private async statement(assignments: string): Promise<number> {
    await query(this.world.databaseUrl, `UPDATE users SET ${assignments}`);
    return 200;
  }

  private async send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<number> {
    return (await this.world.client.send(method, path, body)).status;
  }
}

const NAMES: readonly RandomSetting['name'][] = [
  'rename',
  'move',
  'readdress',
  'shareWithTenant',
  'share',
  'changeGrant',
  'endGrant',
  'changeCalendar',
  'deleteCalendar',
  'deleteUser',
  'protect',
  'statement',
];

/** Changes of any kind. */
export const RANDOM_SETTING: fc.Arbitrary<RandomSetting> = fc.record({
  name: fc.constantFrom(...NAMES),
  value: fc.nat(1_000),
});
