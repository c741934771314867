import { readFile } from 'node:fs/promises';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import type { Scenario } from './scenario.js';
import { addEvents, connected, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf, EVENTS_EACH, pastOf, USER_IDS, USERS } from './scheduling/dataset.js';
import { IndexRead, MemorySweep } from './scheduling/floors.js';
import { type Question, Questions } from './scheduling/questions.js';
import { growthTable, type Result, resultTable } from './scheduling/report.js';
import { type Subject, timeInTurn } from './scheduling/requests.js';
import { Service } from './scheduling/service.js';

const WARM_UP = 200;
const ROUNDS = 400;
const FEWEST_ROUNDS = 40;

/** Compares the service over HTTP with the minimal cost of its responses; then again with ten times the past. */
export const scenario: Scenario = {
  title: 'Scheduling',
  run: async () => {
    const server = await startThrowAwayPostgres({ fsync: 'off' });
    try {
      const url = await newDatabase(server.url, 'bench');
      await createUsers(url);
      await addEvents(url, calendarOf);
      const pastUrl = await newDatabase(server.url, 'bench_past', 'bench');
      await addEvents(pastUrl, pastOf);
      const results = await resultsOf(url, pastUrl);
      return [
        `${USERS} users with ${EVENTS_EACH.toLocaleString('en-US')} events each, over HTTP on one kept connection. Times are medians in milliseconds. The floor is a prepared read of the rows by the index through \`pg\`, plus the core's computation from compiled series in memory. One run times all of them in turn.`,
        resultTable(results),
        'The same service, and one whose users have nine times as many more events, all past:',
        growthTable(results),
        await readFile('bench/scheduling/lesson.md', 'utf8'),
      ].join('\n\n');
    } finally {
      await server.stop();
    }
  },
};

async function resultsOf(url: string, pastUrl: string): Promise<Result[]> {
  const [client, pastClient] = [await connected(url), await connected(pastUrl)];
  const [service, pastService] = [await Service.start(url), await Service.start(pastUrl)];
  try {
    const sweep = await MemorySweep.of(client, USER_IDS);
    const now = new Questions(new IndexRead(client), sweep, service);
    const withPast = new Questions(new IndexRead(pastClient), sweep, pastService);
    const results = [
      await resultOf(now.list(), withPast.list(), now.empty()),
      await resultOf(now.freeBusy(), withPast.freeBusy(), now.empty()),
    ];
    for (const size of [2, 10, 50]) {
      const asked = [await now.nearestHour(size), await withPast.nearestHour(size)] as const;
      results.push(await resultOf(...asked, now.empty()));
    }
    return results;
  } finally {
    await Promise.all([service.stop(), pastService.stop(), client.end(), pastClient.end()]);
  }
}

async function resultOf(question: Question, withPast: Question, empty: Subject['run']): Promise<Result> {
  const { index, sweep, service, share } = question;
  const subjects = Object.entries({
    empty,
    index,
    'index with past': withPast.index,
    sweep,
    service,
    'service with past': withPast.service,
  }).map(([name, run]) => ({ name, run }));
  const timings = await timeInTurn(
    subjects,
    Math.max(Math.round(WARM_UP * share), FEWEST_ROUNDS / 2),
    Math.max(Math.round(ROUNDS * share), FEWEST_ROUNDS),
  );
  return { question, timings };
}
