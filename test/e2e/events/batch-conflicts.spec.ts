import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../../src/calendar/time/civil-time.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { printedSeed } from '../../support/core/seed.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-of-the-conflicts-0123456789-0123456789';
const START = Date.UTC(2126, 2, 20, 8);
const USERS = 5;
const EVENTS_BEFORE = 16;
const MEMBERS = 24;

/** A number from 0 to `below`, without `below`. */
type Draw = (below: number) => number;

/** Numbers that depend on the seed alone. */
function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

function hoursOf(draw: Draw): object {
  const start_date = instant(START + draw(20) * DAY + draw(8) * 30 * MINUTE);
  const duration = (1 + draw(4)) * 1800;
  return { start_date, duration, time_zone: draw(2) ? 'Europe/Berlin' : 'America/New_York' };
}

/** Conflicts with the events of each in order of their ids, since the service names them in no order. */
function inOrder(conflicts: readonly { readonly events: readonly { readonly id: number }[] }[]) {
  return conflicts.map((conflict) => ({
    ...conflict,
    events: conflict.events.toSorted((a, b) => a.id - b.id),
  }));
}

function timesOf(draw: Draw): object {
  if (draw(6) === 0) {
    const start_date = instant(START + draw(20) * DAY).slice(0, 10);
    return { all_day: true, start_date, duration: 1 + draw(2), show_as: draw(3) ? 'busy' : 'free' };
  }
  return hoursOf(draw);
}

function eventOf(draw: Draw, users: readonly number[]): object {
  const repeat = [
    undefined,
    undefined,
    { frequency: 'weekly', count: 2 + draw(10) },
    { frequency: 'daily', count: 2 + draw(200) },
    { frequency: 'daily', interval: 3 },
  ][draw(5)];
  return {
    title: `Meeting ${draw(1_000)}`,
    organizer_user_id: users[draw(USERS)],
    invited_user_ids: users.filter(() => draw(3) === 0),
    ...timesOf(draw),
    ...(repeat && { repeat }),
  };
}

describe('the conflicts of a batch', () => {
  let application: TestApplication;
  let backend: Client;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    backend = new Client(application.url).with(ROOT);
  });
  afterAll(async () => application.close());

  /** Users of whom one is busy only by invitations of acquaintances. */
  async function people(): Promise<number[]> {
    const ids = await createUsers(backend, USERS);
    await backend.send('PATCH', `/users/${ids[0]}`, { invitations: 'known' });
    return ids;
  }

  /** Answers some invites of an event, and moves or deletes one of its occurrences. */
  async function change(draw: Draw, id: number): Promise<void> {
    const { body: event } = await backend.get(`/events/${id}`);
    for (const { invite_id: invite } of event.attendees) {
      const answer = ['accept', 'decline', 'tentative', null][draw(4)];
      if (invite && answer) await backend.post(`/event-invites/${invite}/${answer}`, {});
    }
    if (event.rrule === null) return;
    const { body: occurrences } = await backend.get(
      `/events/${id}/occurrences?from=${instant(START - DAY)}&to=${instant(START + 40 * DAY)}`,
    );
    const occurrence = occurrences[draw(occurrences.length)];
    if (!occurrence || event.all_day) return;
    const path = `/events/${id}/occurrences/${occurrence.original_start}`;
    if (draw(2)) await backend.send('DELETE', path);
    else {
      const start_date = instant(Date.parse(occurrence.original_start) + HOUR);
      await backend.send('PATCH', path, { start_date });
    }
  }

  async function batch(operation: 'batch-create' | 'batch-update', requests: readonly object[]) {
    const { status, body } = await backend.send('POST', `/events:${operation}`, { requests });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.events;
  }

  /** The conflicts of each event, as the response to a change of this event alone has them. */
  async function conflictsAlone(events: readonly { readonly id: number; readonly title: string }[]) {
    const alone = [];
    for (const { id, title } of events) {
      const { status, body } = await backend.send('PATCH', `/events/${id}`, { title });
      expect(status).toBe(200);
      alone.push(inOrder(body.conflicts));
    }
    return alone;
  }

  test.each([1, 2, 3])(
    'are those of each event alone: round %d',
    async (round) => {
      const draw = drawFrom(printedSeed(`conflicts of a batch, round ${round}`) + round);
      const users = await people();
      for (let place = 0; place < EVENTS_BEFORE; place += 1) {
        const { body } = await backend.create('/events', eventOf(draw, users) as never);
        await change(draw, body.id);
      }
      const created = await batch(
        'batch-create',
        Array.from({ length: MEMBERS }, () => eventOf(draw, users)),
      );
      expect(created.some(({ conflicts }) => conflicts.length > 0)).toBe(true);
      expect(created.map(({ conflicts }) => inOrder(conflicts))).toEqual(await conflictsAlone(created));
      const requests: object[] = [];
      for (const { id, all_day: allDay } of created) {
        const patch = draw(3) === 0 || allDay ? { location: 'Elsewhere' } : hoursOf(draw);
        requests.push({ id, ...patch });
      }
      const changed = await batch('batch-update', requests);
      expect(changed.map(({ conflicts }) => inOrder(conflicts))).toEqual(await conflictsAlone(changed));
    },
    120_000,
  );
});
