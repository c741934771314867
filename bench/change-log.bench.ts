import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { WAYS } from './change-log/ways.js';
import { type Call, callAll, callFor } from './load/callers.js';
import { type Instance, startInstance } from './load/instance.js';
import { postmasterPid, processorTime } from './load/processor-time.js';
import { instant, newEvent } from './load/requests.js';
import type { Scenario } from './scenario.js';
import { addEvents, connected, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf, USER_IDS } from './scheduling/dataset.js';

const SECONDS = 3;
const ROUNDS = 7;
const CALLERS = 8;

/** The attendees of one event who answer at the same moment. The event has three times as many as the data set has users. */
const ANSWERING = 600;
const ANSWER_ROUNDS = 5;

interface Running {
  readonly name: string;
  readonly instance: Instance;
  /** The invites of one event. */
  readonly invites: readonly number[];
}

/** Measures the log of changes: against none, and against a counter for each calendar, the usual way. */
export const scenario: Scenario = {
  title: 'The log of changes',
  run: async () => {
    const server = await startThrowAwayPostgres({});
    try {
      const template = await newDatabase(server.url, 'template');
      await createUsers(template);
      await addEvents(template, calendarOf);
      const running: Running[] = [];
      for (const [index, way] of WAYS.entries()) {
        const url = await newDatabase(server.url, `bench${index}`, 'template');
        const client = await connected(url);
        const userIds = await addUsers(client);
        await way.prepare(client);
        await client.end();
        const instance = await startInstance(url);
        running.push({ name: way.name, instance, invites: await inviteAll(instance, userIds) });
      }
      const postmaster = await postmasterPid(server);
      const rows: string[] = [];
      for (const [name, callers, next] of CALLS)
        rows.push(...(await rowsOf(name, callers, next, running, postmaster)));
      rows.push(...(await rowsOfAnswers(running, postmaster)));
      for (const { instance } of running) await instance.stop();
      return [
        `\`fsync\` on. Requests: ${SECONDS} s an instance and round, the instances in turn, the medians of ${ROUNDS} rounds. Answers: all attendees of one event at once, the medians of ${ANSWER_ROUNDS} rounds. In brackets: the ratio to no log, in the same run.`,
        [
          '| request | order of changes | requests a second | ms of processor a request |',
          '|---|---|---:|---:|',
          ...rows,
        ].join('\n'),
      ].join('\n\n');
    } finally {
      await server.stop();
    }
  },
};

const CALLS: [string, number, () => Call][] = [
  ['create an event of one user, 1 client', 1, () => ['POST', '/events', eventOfOne()]],
  [`create an event of one user, ${CALLERS} clients`, CALLERS, () => ['POST', '/events', eventOfOne()]],
  [
    `create an event with two invited users, ${CALLERS} clients`,
    CALLERS,
    () => ['POST', '/events', newEvent()],
  ],
  [
    `change a title, ${CALLERS} clients`,
    CALLERS,
    () => ['PATCH', `/events/${1 + Math.floor(Math.random() * 1_000)}`, { title: `Plan ${Math.random()}` }],
  ],
];

/** An event in the calendar of one user, whom all clients share. */
function eventOfOne(): object {
  const minute = Math.floor(Math.random() * 400_000);
  return {
    title: 'Planning',
    start_date: instant(minute / 1_440),
    duration: 60,
    organizer_user_id: USER_IDS[0],
    show_as: 'free',
  };
}

async function addUsers(client: Awaited<ReturnType<typeof connected>>): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO users (id, name, email, time_zone)
     SELECT 100000 + n, 'guest ' || n, 'guest' || n || '@example.com', 'UTC' FROM generate_series(1, $1) AS n
     RETURNING id`,
    [ANSWERING],
  );
  await client.query('VACUUM ANALYZE users');
  return rows.map(({ id }) => id);
}

async function inviteAll({ url }: Instance, userIds: readonly number[]): Promise<number[]> {
  const response = await fetch(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      title: 'All hands',
      start_date: instant(400),
      duration: 3_600,
      organizer_user_id: USER_IDS[0],
      invited_user_ids: userIds,
    }),
  });
  const { attendees } = (await response.json()) as { attendees: { invite_id: number | null }[] };
  return attendees.flatMap(({ invite_id: id }) => id ?? []);
}

interface Cost {
  readonly rate: number;
  readonly processor: number;
}

async function rowsOf(
  name: string,
  callers: number,
  next: () => Call,
  running: readonly Running[],
  postmaster: number,
): Promise<string[]> {
  const costs = running.map((): Cost[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, { instance }] of running.entries()) {
      const cost = await costOf(instance, postmaster, async () =>
        callFor(SECONDS, callers, [instance.url], next),
      );
      // The first round warms up.
      if (round > 0) costs[index].push(cost);
    }
  }
  return table(name, running, costs);
}

async function rowsOfAnswers(running: readonly Running[], postmaster: number): Promise<string[]> {
  const costs = running.map((): Cost[] => []);
  const verbs = ['accept', 'decline', 'tentative'];
  for (let round = 0; round <= ANSWER_ROUNDS; round += 1) {
    for (const [index, { instance, invites }] of running.entries()) {
      const calls = invites.map((id): Call => ['POST', `/event-invites/${id}:${verbs[round % 3]}`, {}]);
      const cost = await costOf(instance, postmaster, async () => callAll(instance.url, calls));
      if (round > 0) costs[index].push(cost);
    }
  }
  return table(`${ANSWERING} simultaneous answers to one event`, running, costs);
}

async function costOf(
  { pid }: Instance,
  postmaster: number,
  run: () => Promise<{ calls: number; seconds: number }>,
): Promise<Cost> {
  const spent = async (): Promise<number> => {
    const times = await Promise.all([pid, postmaster].map(async (each) => processorTime(each)));
    return times.reduce((sum, time) => sum + time, 0);
  };
  const before = await spent();
  const { calls, seconds } = await run();
  return { rate: calls / seconds, processor: ((await spent()) - before) / calls };
}

function table(name: string, running: readonly Running[], costs: readonly Cost[][]): string[] {
  const medians = costs.map((each) => ({
    rate: median(each.map(({ rate }) => rate)),
    processor: median(each.map(({ processor }) => processor)),
  }));
  const [first] = medians;
  return medians.map(
    ({ rate, processor }, index) =>
      `| ${name} | ${running[index].name} | ${Math.round(rate)} (${(rate / first.rate).toFixed(2)}×) | ${processor.toFixed(2)} (${(processor / first.processor).toFixed(2)}×) |`,
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
