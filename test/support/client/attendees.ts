import type { Attendee, EventPatch, NewAttendee, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Calendars } from './calendars.js';

/** A daily event of three occurrences, on the Monday at nine and the next days. */
export const DAILY = {
  start_date: '2126-01-07T09:00:00Z',
  duration: 3_600,
  repeat: { frequency: 'daily', count: 3 },
} satisfies Partial<NewEvent>;

/** The original starts of `DAILY`. */
export const [FIRST, SECOND, THIRD] = [7, 8, 9].map((day) => `2126-01-0${day}T09:00:00Z`);

/** An event in the words of the tests: `1 organizer, 2 accepted, zoe@example.net needs_action`. */
export function toldAttendees(attendees: readonly Attendee[]): string[] {
  return attendees.map(
    ({ user, guest, status, only_occurrences: some }) =>
      `${user?.id ?? guest?.email ?? guest?.name} ${status}${some ? ', some' : ''}`,
  );
}

/** Adds, removes and reads attendees over HTTP. */
export class Attendees extends Calendars {
  async add(event: number, attendee: NewAttendee) {
    return (await this.client.create(`/events/${event}/attendees`, attendee)).body;
  }

  async remove(event: number, user: number, originalStart?: string): Promise<void> {
    const query = originalStart === undefined ? '' : (`?original_start=${originalStart}` as const);
    const { status, body } = await this.client.delete(`/events/${event}/attendees/${user}${query}`);
    if (status !== 204) throw new Error(JSON.stringify(body));
  }

  async removeInvite(invite: number, originalStart?: string): Promise<void> {
    const query = originalStart === undefined ? '' : (`?original_start=${originalStart}` as const);
    const { status, body } = await this.client.delete(`/event-invites/${invite}${query}`);
    if (status !== 204) throw new Error(JSON.stringify(body));
  }

  async answer(
    invite: number | null,
    verb: 'accept' | 'decline' | 'tentative',
    originalStart?: string,
    comment?: string,
  ) {
    const { status, body } = await this.client.post(`/event-invites/${invite as number}:${verb}`, {
      original_start: originalStart,
      comment,
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }

  async change(event: number, patch: EventPatch) {
    const { status, body } = await this.client.patch(`/events/${event}`, patch);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }

  async changeAt(
    event: number,
    originalStart: string,
    patch: EventPatch,
    scope: 'this' | 'following' = 'this',
  ) {
    const path = `/events/${event}/occurrences/${originalStart}?scope=${scope}` as const;
    const { status, body } = await this.client.patch(path, patch);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }

  async read(event: number) {
    const { status, body } = await this.client.get(`/events/${event}`);
    if (status !== 200 || body.redacted) throw new Error(JSON.stringify(body));
    return body;
  }

  async told(event: number): Promise<string[]> {
    return toldAttendees((await this.read(event)).attendees);
  }

  /** `07: 2 accepted` for each occurrence with answers. */
  async toldAnswers(event: number): Promise<string[]> {
    const { status, body } = await this.client.get(
      `/events/${event}/occurrences?from=2126-01-01T00:00:00Z&to=2126-03-01T00:00:00Z`,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.flatMap((occurrence) => {
      if (occurrence.redacted || occurrence.answers.length === 0) return [];
      const answers = occurrence.answers.map(
        (answer) => `${answer.user_id ?? 'guest'} ${answer.removed ? 'removed' : answer.status}`,
      );
      return [`${occurrence.original_start.slice(8, 10)}: ${answers.join(', ')}`];
    });
  }

  /** The starts in the list of a user, with the user's status: `07T09:00 accepted`. */
  async listed(user: number, of: { readonly as?: Attendees } = {}): Promise<string[]> {
    const reader = of.as ?? this;
    const { status, body } = await reader.client.get(
      `/users/${user}/events?from=2126-01-01T00:00:00Z&to=2126-03-01T00:00:00Z`,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.flatMap((event) =>
      event.redacted
        ? event.occurrences.map(({ start }) => `${start.slice(8, 16)} redacted`)
        : event.occurrences.map(({ start, attendee_status: own }) => `${start.slice(8, 16)} ${own}`),
    );
  }

  /** The busy time of a user in January: `07T09:00 - 07T10:00`. */
  async taken(user: number): Promise<string[]> {
    const { status, body } = await this.client.get(
      `/free-busy?user_ids=${user}&from=2126-01-01T00:00:00Z&to=2126-03-01T00:00:00Z`,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body[0].busy.map(({ start, end }) => `${start.slice(8, 16)} - ${end.slice(8, 16)}`);
  }
}
