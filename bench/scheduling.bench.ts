import { readFile } from 'node:fs/promises';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import type { Scenario } from './scenario.js';
import { addEvents, connected, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf, EVENTS_EACH, USER_IDS, USERS } from './scheduling/dataset.js';
import { IndexRead, MemorySweep } from './scheduling/floors.js';
import { type Question, Questions } from './scheduling/questions.js';
import { type Result, resultTable } from './scheduling/report.js';
import { type Subject, timeInTurn } from './scheduling/requests.js';
import { Service } from './scheduling/service.js';

const WARM_UP = 200;
const ROUNDS = 400;
const FEWEST_ROUNDS = 40;

/** Compares the service over HTTP with the minimal cost of its responses. */
export const scenario: Scenario = {
  title: 'Scheduling',
  run: async () => {
    const server = await startThrowAwayPostgres({ fsync: 'off' });
    try {
      const url = await newDatabase(server.url, 'bench');
      await createUsers(url);
      await addEvents(url, calendarOf);
      return [
        `${USERS} users with ${EVENTS_EACH.toLocaleString('en-US')} events each, over HTTP on one kept connection. Times are medians in milliseconds. The floor is a prepared read of the rows by the index through \`pg\`, plus the core's computation from compiled series in memory. One run times all of them in turn.`,
        resultTable(await resultsOf(url)),
        await readFile('bench/scheduling/lesson.md', 'utf8'),
      ].join('\n\n');
    } finally {
      await server.stop();
    }
  },
};

async function resultsOf(url: string): Promise<Result[]> {
  const client = await connected(url);
  const service = await Service.start(url);
  try {
    const questions = new Questions(new IndexRead(client), await MemorySweep.of(client, USER_IDS), service);
    const asked = [questions.list(), questions.freeBusy()];
    for (const size of [2, 10, 50]) asked.push(await questions.nearestHour(size));
    const results: Result[] = [];
    for (const question of asked) results.push(await resultOf(question, questions.empty()));
    return results;
  } finally {
    await Promise.all([service.stop(), client.end()]);
  }
}

async function resultOf(question: Question, empty: Subject['run']): Promise<Result> {
  const { index, sweep, service, share } = question;
  const timings = await timeInTurn(
    Object.entries({ empty, index, sweep, service }).map(([name, run]) => ({ name, run })),
    Math.max(Math.round(WARM_UP * share), FEWEST_ROUNDS / 2),
    Math.max(Math.round(ROUNDS * share), FEWEST_ROUNDS),
  );
  return { question, timings };
}
