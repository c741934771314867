import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import type { Client } from 'pg';
import type { Scenario } from './scenario.js';
import { addEvents, connected, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf, EVENTS_EACH, USER_IDS, USERS } from './scheduling/dataset.js';
import { IndexRead, MemorySweep } from './scheduling/floors.js';
import { Questions } from './scheduling/questions.js';
import { quantile, type Subject, timeInTurn } from './scheduling/requests.js';
import { Service } from './scheduling/service.js';

const CALENDARS_EACH = 5;
const WARM_UP = 100;
const ROUNDS = 400;
const FEWEST_ROUNDS = 40;

/** Compares users with five calendars with users whose events are all in the primary one, in the same run. */
export const scenario: Scenario = {
  title: 'Calendars',
  run: async () => {
    const server = await startThrowAwayPostgres({ fsync: 'off' });
    try {
      const urls: string[] = [];
      for (const calendarsEach of [1, CALENDARS_EACH]) {
        const url = await newDatabase(server.url, `bench_${calendarsEach}`);
        await createUsers(url, calendarsEach);
        await addEvents(url, calendarOf);
        urls.push(url);
      }
      return [
        `${USERS} users with ${EVENTS_EACH.toLocaleString('en-US')} events each, in one calendar or in ${CALENDARS_EACH}, over HTTP on one kept connection. Times are medians in milliseconds. One run times both in turn.`,
        await tableOf(urls),
      ].join('\n\n');
    } finally {
      await server.stop();
    }
  },
};

async function tableOf(urls: readonly string[]): Promise<string> {
  const clients = await Promise.all(urls.map(connected));
  const services = [await Service.start(urls[0]), await Service.start(urls[1])];
  try {
    const sweep = await MemorySweep.of(clients[0], USER_IDS);
    const [one, five] = services.map(
      (service, place) => new Questions(new IndexRead(clients[place]), sweep, service),
    );
    const rows = ['| | one calendar | five calendars | ratio |', '|---|---:|---:|---:|'];
    for (const [before, after] of [
      [one.list(), five.list()],
      [one.freeBusy(), five.freeBusy()],
      [await one.nearestHour(2), await five.nearestHour(2)],
      [await one.nearestHour(10), await five.nearestHour(10)],
      [await one.nearestHour(50), await five.nearestHour(50)],
    ])
      rows.push(await rowOf(before.name, before.share, before.service, after.service));
    const [ofOne, ofFive] = [await firstCalendars(clients[0]), await firstCalendars(clients[1])];
    const [listOfOne, listOfFive] = [one.listOfCalendar(ofOne), five.listOfCalendar(ofFive)];
    rows.push(await rowOf('one-week list of one calendar', 1, listOfOne, listOfFive));
    return rows.join('\n');
  } finally {
    await Promise.all([...services.map(async (one) => one.stop()), ...clients.map(async (one) => one.end())]);
  }
}

/** Finds the primary calendar of a user. */
async function firstCalendars(client: Client): Promise<(userId: number) => number> {
  const { rows } = await client.query<{ userId: number; id: number }>(
    'SELECT user_id AS "userId", id FROM calendars WHERE is_primary',
  );
  const idOf = new Map(rows.map(({ userId, id }) => [userId, id]));
  return (userId) => idOf.get(userId) ?? 0;
}

async function rowOf(
  name: string,
  share: number,
  one: Subject['run'],
  five: Subject['run'],
): Promise<string> {
  const rounds = (most: number) => Math.max(Math.round(most * share), FEWEST_ROUNDS);
  const subjects = Object.entries({ one, five }).map(([subject, run]) => ({ name: subject, run }));
  const timings = await timeInTurn(subjects, rounds(WARM_UP), rounds(ROUNDS));
  const [before, after] = ['one', 'five'].map((subject) => quantile(timings.get(subject) ?? [], 0.5));
  return `| ${name} | ${before.toFixed(2)} | ${after.toFixed(2)} | ${(after / before).toFixed(2)}× |`;
}
