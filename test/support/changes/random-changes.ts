import * as fc from 'fast-check';
import type { Attendee } from '../../../clients/typescript/src/schema.js';
import { DAY, MINUTE } from '../../../src/calendar/time/civil-time.js';
import type { Client } from '../client/client.js';
import { query } from '../database/data-directory.js';

const FIRST_START = Date.UTC(2126, 0, 7, 9);

/** Few, so that each has many changes. */
const CHANGED_EVENTS = 5;

/** Numbers from which a change picks its event, its occurrence and its values. */
interface Picks {
  readonly event: number;
  readonly day: number;
  readonly value: number;
}

export interface RandomChange extends Picks {
  readonly name: keyof RandomChanges['changes'];
}

/** The users and calendars of the changes. */
export interface World {
  readonly client: Client;
  readonly databaseUrl: string;
  readonly users: readonly number[];
  /** A second calendar of each user. */
  readonly calendars: readonly number[];
}

function pick<T>(values: readonly T[], place: number): T {
  return values[place % values.length];
}

/** Some of the values. Each bit of `bits` decides about one. */
function some<T>(values: readonly T[], bits: number): T[] {
  return values.filter((_, index) => (bits >> index) % 2 === 1);
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** Changes events at random, over HTTP and by statements as an instance of another version may send them. */
export class RandomChanges {
  private ids: readonly number[] = [];

  constructor(private readonly world: World) {}

  readonly changes = {
    createSeries: async ({ value }: Picks) =>
      this.send('POST', '/events', { ...this.fields(value), repeat: { frequency: 'daily', count: 6 } }),
    create: async ({ value }: Picks) => this.send('POST', '/events', this.fields(value)),
    createBatch: async ({ value }: Picks) => {
      const requests = [this.fields(value), this.fields(value + 1)];
      return this.send('POST', '/events:batch-create', { requests });
    },
    rename: async (picks: Picks) =>
      this.patch(picks, { title: `Title ${picks.value}`, description: null, color: '#a0b0c0' }),
    annotate: async (picks: Picks) =>
      this.patch(picks, {
        metadata: { case: `${picks.value}` },
        external_id: `event-${picks.value}`,
        categories: [`c${picks.value % 3}`],
        url: 'https://example.org/',
        conference: picks.value % 2 === 0 ? null : { url: `https://meet.example/${picks.value}` },
      }),
    hide: async (picks: Picks) =>
      this.patch(picks, { visibility: pick(['public', 'private'], picks.value), show_as: 'free' }),
    cancel: async (picks: Picks) =>
      this.patch(picks, { status: pick(['confirmed', 'cancelled'], picks.value) }),
    move: async (picks: Picks) =>
      this.patch(picks, { start_date: instant(FIRST_START + (picks.value % 50) * MINUTE) }),
    moveToDays: async (picks: Picks) =>
      this.patch(picks, { all_day: true, start_date: '2126-01-07', duration: 2 }),
    moveToZone: async (picks: Picks) =>
      this.patch(picks, { time_zone: pick(['Europe/Rome', 'UTC'], picks.value) }),
    repeat: async (picks: Picks) =>
      this.patch(picks, {
        repeat: picks.value % 5 === 0 ? null : { frequency: 'daily', count: 2 + (picks.value % 6) },
      }),
    replaceAttendees: async (picks: Picks) =>
      this.patch(picks, { invited_user_ids: some(this.world.users, picks.value) }),
    replaceGuests: async (picks: Picks) => this.patch(picks, { invited: this.guests(picks.value) }),
    handOver: async (picks: Picks) =>
      this.patch(picks, { organizer_user_id: pick(this.world.users, picks.value) }),
    changeOccurrence: async (picks: Picks) =>
      this.patchOccurrence(picks, 'this', {
        title: `Once ${picks.value}`,
        location: null,
        ...(picks.value % 2 === 0 && { start_date: instant(this.start(picks) + 90 * MINUTE) }),
      }),
    split: async (picks: Picks) =>
      this.patchOccurrence(picks, 'following', { title: `Later ${picks.value}` }),
    cancelOccurrence: async (picks: Picks) => this.deleteOccurrence(picks, 'this'),
    endSeries: async (picks: Picks) => this.deleteOccurrence(picks, 'following'),
    answer: async (picks: Picks) => this.answer(picks, {}),
    answerOccurrence: async (picks: Picks) =>
      this.answer(picks, { original_start: instant(this.start(picks)), comment: `At ${picks.day}` }),
    addAttendee: async (picks: Picks) =>
      this.send('POST', `/events/${this.event(picks)}/attendees`, this.attendee(picks)),
    addToOccurrence: async (picks: Picks) =>
      this.send('POST', `/events/${this.event(picks)}/attendees`, {
        ...this.attendee(picks),
        original_start: instant(this.start(picks)),
      }),
    removeAttendee: async (picks: Picks) =>
      this.send('DELETE', `/events/${this.event(picks)}/attendees/${pick(this.world.users, picks.value)}`),
    removeFromOccurrence: async (picks: Picks) => {
      const invite = await this.invite(picks);
      const path = `/event-invites/${invite}?original_start=${instant(this.start(picks))}`;
      return this.send('DELETE', path);
    },
    place: async (picks: Picks) => {
      const index = picks.value % this.world.users.length;
      const path = `/users/${this.world.users[index]}/events/${this.event(picks)}`;
      return this.send('PATCH', path, { calendar_id: this.world.calendars[index] });
    },
    changeTogether: async (picks: Picks) => {
      const [one, other] = [this.event(picks), this.event({ ...picks, event: picks.event + 1 })];
      const requests = [
        { id: one, title: `Both ${picks.value}` },
        { id: other, invited_user_ids: some(this.world.users, picks.value) },
      ];
      return this.send('POST', '/events:batch-update', { requests });
    },
    delete: async (picks: Picks) => this.send('DELETE', `/events/${this.event(picks)}`),
    statements: async (picks: Picks) => {
      const id = this.event(picks);
      const user = pick(this.world.users, picks.value);
      await query(
        this.world.databaseUrl,
        `BEGIN;
         UPDATE events SET title = 'By hand ${picks.value}', version = version + 1 WHERE id = ${id};
         DELETE FROM attendees WHERE event_id = ${id} AND user_id = ${user} AND status <> 'organizer';
         UPDATE attendees SET status = 'tentative', comment = 'By hand' WHERE event_id = ${id} AND status = 'accepted';
         INSERT INTO occurrence_overrides (event_id, original_start, title)
         SELECT id, '2126-01-0${picks.value % 10}T09:00:00', 'By hand' FROM events WHERE id = ${id}
         ON CONFLICT (tenant_id, event_id, original_start) DO UPDATE SET title = EXCLUDED.title;
         DELETE FROM occurrence_overrides WHERE event_id = ${id} AND original_start < '2126-01-05T09:00:00';
         COMMIT`,
      );
      return 200;
    },
  };

  /** @param ids the events that exist; the newest of them are changed @returns the status of the response */
  async make({ name, ...picks }: RandomChange, ids: readonly number[]): Promise<number> {
    this.ids = ids.toSorted((a, b) => b - a).slice(0, CHANGED_EVENTS);
    return this.changes[name](picks);
  }

  private fields(value: number): object {
    const [organizer, ...others] = this.world.users;
    return {
      title: `Event ${value}`,
      description: 'As planned',
      organizer_user_id: organizer,
      start_date: instant(FIRST_START),
      duration: 3_600,
      invited_user_ids: some(others, value),
      invited: this.guests(value >> 3),
      metadata: { case: `${value}` },
    };
  }

  private guests(bits: number): object[] {
    return some(['zoe', 'max', 'eve'], bits).map((name) => ({ email: `${name}@example.net`, name }));
  }

  private attendee({ value }: Picks): object {
    return value % 3 === 0
      ? { email: `guest${value % 7}@example.net` }
      : { user_id: pick(this.world.users, value) };
  }

  private event({ event }: Picks): number {
    return this.ids.length === 0 ? 1 : pick(this.ids, event);
  }

  private start({ day }: Picks): number {
    return FIRST_START + (day % 6) * DAY;
  }

  private async invite(picks: Picks): Promise<number> {
    const { body } = await this.world.client.send('GET', `/events/${this.event(picks)}`);
    const { attendees = [] } = body as { attendees?: Attendee[] };
    const invites = attendees.flatMap(({ invite_id: id }) => id ?? []);
    return invites.length === 0 ? 2_000_000_000 : pick(invites, picks.value);
  }

  private async answer(picks: Picks, body: object): Promise<number> {
    const verb = pick(['accept', 'decline', 'tentative'], picks.value);
    return this.send('POST', `/event-invites/${await this.invite(picks)}:${verb}`, body);
  }

  private async patch(picks: Picks, patch: object): Promise<number> {
    return this.send('PATCH', `/events/${this.event(picks)}`, patch);
  }

  private async patchOccurrence(picks: Picks, scope: string, patch: object): Promise<number> {
    const path = `/events/${this.event(picks)}/occurrences/${instant(this.start(picks))}?scope=${scope}`;
    return this.send('PATCH', path, patch);
  }

  private async deleteOccurrence(picks: Picks, scope: string): Promise<number> {
    const path = `/events/${this.event(picks)}/occurrences/${instant(this.start(picks))}?scope=${scope}`;
    return this.send('DELETE', path);
  }

  private async send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<number> {
    return (await this.world.client.send(method, path, body)).status;
  }
}

/** Changes of any kind. */
export const RANDOM_CHANGE: (names: readonly RandomChange['name'][]) => fc.Arbitrary<RandomChange> = (
  names,
) =>
  fc.record({
    name: fc.constantFrom(...names),
    event: fc.nat(7),
    day: fc.nat(5),
    value: fc.nat(1_000),
  });
