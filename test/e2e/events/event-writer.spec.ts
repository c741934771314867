import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource, type Logger } from 'typeorm';
import { type Actor, ANONYMOUS } from '../../../src/access/actor.js';
import { DAY, HOUR, MINUTE } from '../../../src/calendar/time/civil-time.js';
import { formatInstant } from '../../../src/calendar/time/instant.js';
import type { When } from '../../../src/calendar/time/when.js';
import type { NewSeries } from '../../../src/events/model/commands.js';
import { EventWriter } from '../../../src/events/write/event-writer.js';
import { SeriesClient } from '../../support/client/series-client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { onBehalfOf } from '../../support/service/callers-context.js';
import { dailySeries, storeSeries } from '../../support/service/series.js';

const START = Date.UTC(2126, 0, 7, 9);
const OVERRIDES = 1_000;

let application: TestApplication;
let client: SeriesClient;

beforeAll(async () => {
  application = await startTestApplication();
  client = await SeriesClient.of(application.url);
});
afterAll(async () => application.close());

function originalStart(index: number): When {
  return { kind: 'instant', instant: START + index * DAY };
}

/** A daily series of which the first `overridden` are half an hour later; the attendee declines the second day. */
function seriesOf(overridden: number): NewSeries {
  return dailySeries(client.organizer, originalStart(0), {
    attendees: [{ userId: client.attendee, status: 'accepted', comment: 'With pleasure.' }],
    location: 'Room 5',
    overrides: Array.from({ length: overridden }, (_, index) => ({
      originalStart: originalStart(index),
      patch: {
        title: `Stand-up ${index}`,
        schedule: { start: { kind: 'instant' as const, instant: START + index * DAY + 30 * MINUTE } },
      },
    })),
    answers: [
      { userId: client.attendee, originalStart: originalStart(1), status: 'declined', comment: 'Abroad.' },
    ],
  });
}

async function answer(actor: Actor, inviteId: number) {
  const { app } = application;
  const work = async () => app.get(EventWriter).answer({ inviteId, status: 'tentative' });
  return onBehalfOf(app, actor, work);
}

/** Statements that the service sends by itself. */
const IN_BACKGROUND = /pg_notify|webhook|outbox_messages|pending_reminders/;

/** The number of statements that `work` sends through TypeORM. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const dataSource = application.app.get(DataSource);
  const { logger } = dataSource;
  let count = 0;
  const logQuery = (text: string) => {
    if (!IN_BACKGROUND.test(text)) count += 1;
  };
  dataSource.logger = { logQuery, logQueryError: () => undefined } as unknown as Logger;
  try {
    await work();
  } finally {
    dataSource.logger = logger;
  }
  return count;
}

describe('a series that is stored at once', () => {
  test('has every override, the status of its attendee and the answer to an occurrence', async () => {
    const id = await storeSeries(application, seriesOf(OVERRIDES));
    const read: { original_start: string; start: string; end: string; title: string }[] = [];
    for (let day = 0; day < OVERRIDES; day += 200) {
      const [from, to] = [day, day + 200].map((days) => formatInstant(START + days * DAY));
      const path = `/events/${id}/occurrences?from=${from}&to=${to}&limit=200` as const;
      read.push(...(await client.client.get(path)).body);
    }
    expect(read).toHaveLength(OVERRIDES);
    for (const [index, occurrence] of read.entries()) {
      const instant = START + index * DAY;
      expect(occurrence).toMatchObject({
        original_start: formatInstant(instant),
        start: formatInstant(instant + 30 * MINUTE),
        end: formatInstant(instant + 30 * MINUTE + HOUR),
        title: `Stand-up ${index}`,
        location: 'Room 5',
      });
    }
    expect(read[1]).toMatchObject({
      answers: [{ user_id: client.attendee, status: 'declined', comment: 'Abroad.' }],
    });
    expect(await client.get(id)).toMatchObject({
      version: 1,
      attendees: [
        { status: 'organizer' },
        { status: 'accepted', comment: 'With pleasure.', user: { id: client.attendee } },
      ],
    });
  });

  test('takes as many statements with a thousand overrides as with one', async () => {
    const few = await statementsOf(async () => storeSeries(application, seriesOf(1)));
    const many = await statementsOf(async () => storeSeries(application, seriesOf(OVERRIDES)));
    expect(few).toBeGreaterThan(5);
    expect(many).toBe(few);
  });

  test('is refused with an override of no occurrence, and then leaves nothing', async () => {
    const list =
      `/users/${client.organizer}/events?from=2126-01-01T00:00:00Z&to=2126-02-01T00:00:00Z` as const;
    const before = (await client.client.get(list)).body.length;
    const { overrides, ...series } = seriesOf(1);
    const noStart = { kind: 'instant' as const, instant: START + HOUR };
    const stored = storeSeries(application, {
      ...series,
      overrides: [...overrides, { originalStart: noStart, patch: {} }],
    });
    await expect(stored).rejects.toMatchObject({ kind: 'not-found', code: 'occurrence_not_found' });
    expect((await client.client.get(list)).body).toHaveLength(before);
  });

  test('is refused with more overrides than a series may have', async () => {
    const series = seriesOf(OVERRIDES);
    const stored = storeSeries(application, {
      ...series,
      overrides: [...series.overrides, ...series.overrides.slice(0, 1)],
    });
    await expect(stored).rejects.toMatchObject({ code: 'too_many_changed_occurrences' });
  });
});

describe('an answer', () => {
  test('is written for the attendee alone', async () => {
    const { organizer, attendee } = client;
    const eventId = await client.create({
      start_date: '2126-03-01T09:00:00Z',
      duration: 3_600,
      invited_user_ids: [attendee],
    });
    const { attendees } = await client.get(eventId);
    const invites = (await client.client.get(`/users/${attendee}/event-invites`)).body;
    const id = invites.find((invite) => invite.event_id === eventId)?.id as number;
    await expect(answer({ kind: 'user', tenantId: 1, userId: organizer }, id)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    expect((await client.get(eventId)).attendees).toEqual(attendees);
    const answered = await answer({ kind: 'user', tenantId: 1, userId: attendee }, id);
    expect(answered).toMatchObject({ inviteId: id, eventId, userId: attendee, status: 'tentative' });
  });

  test('to a private event is written for no caller without a token', async () => {
    const eventId = await client.create({
      start_date: '2126-03-02T09:00:00Z',
      duration: 3_600,
      visibility: 'private',
      invited_user_ids: [client.attendee],
    });
    const [{ id }] = await query<{ id: number }>(
      application.database.url,
      `SELECT invite_id AS id FROM attendees WHERE event_id = ${eventId} AND user_id = ${client.attendee}`,
    );
    await expect(answer(ANONYMOUS, id)).rejects.toMatchObject({ code: 'invite_not_found' });
  });
});
