import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { VARIANTS } from './changes/variants.js';
import { callFor } from './load/callers.js';
import { type Instance, startInstance } from './load/instance.js';
import { postmasterPid, processorTime } from './load/processor-time.js';
import { instant, newEvent } from './load/requests.js';
import type { Scenario } from './scenario.js';
import { connected, createUsers, newDatabase } from './scheduling/database.js';

const ROUNDS = 9;

/** Fewer, since 600 answers with a counter of each calendar take long. */
const ROUNDS_OF_ANSWERS = 5;

const SECONDS = 1;

/** The days over which the events are spread. */
const DAYS = 300;
const ATTENDEES = 600;

/** The first id of the users who answer. */
const FIRST_ATTENDEE = 100_000;

interface Prepared {
  readonly name: string;
  readonly instance: Instance;
}

/** Measures what a log of changes costs the requests that write it. */
export const scenario: Scenario = {
  title: 'The log of changes',
  run: async () => {
    const server = await startThrowAwayPostgres({});
    const prepared: Prepared[] = [];
    try {
      const postmaster = await postmasterPid(server);
      for (const [index, { name, prepare }] of VARIANTS.entries()) {
        const url = await newDatabase(server.url, `changes_${index}`);
        await createUsers(url);
        await addAttendees(url);
        await prepare(url);
        prepared.push({ name, instance: await startInstance(url) });
      }
      const creates = await measured(prepared, ROUNDS, CREATES, async ({ instance }, { body, callers }) => {
        const before = await processorTime(postmaster);
        const { calls, seconds } = await callFor(SECONDS, callers, [instance.url], () => [
          'POST',
          '/events',
          body(),
        ]);
        const used = (await processorTime(postmaster)) - before;
        return [calls / seconds, used / calls];
      });
      const answers = await measured(
        prepared,
        ROUNDS_OF_ANSWERS,
        [{ name: 'answers' }],
        async ({ instance }) => [await answerAll(instance.url)],
      );
      return [
        `The variants take turns in ${ROUNDS} rounds of ${SECONDS} s, ${ROUNDS_OF_ANSWERS} for the answers, and each number is a median. Service, server and clients share the processors.`,
        table(
          `| request | log | requests a second | of those without a log | PostgreSQL, ms of processor a request |\n|---|---|---:|---:|---:|`,
          creates.map(({ what, variant, values: [rate, used], ratio }) => [
            what,
            variant,
            rate.toFixed(0),
            ratio.toFixed(2),
            used.toFixed(2),
          ]),
        ),
        table(
          `| ${ATTENDEES} simultaneous answers to one event | seconds | of those without a log |\n|---|---:|---:|`,
          answers.map(({ variant, values: [seconds], ratio }) => [
            variant,
            seconds.toFixed(2),
            ratio.toFixed(2),
          ]),
        ),
      ].join('\n\n');
    } finally {
      for (const { instance } of prepared) await instance.stop();
      await server.stop();
    }
  },
};

/** At any second, so that the events of one calendar are seldom in conflict, however many a variant has created. */
function apart(): object {
  const second = Math.floor(Math.random() * DAYS * 86_400);
  return {
    ...newEvent(),
    start_date: new Date(Date.parse(instant(0)) + second * 1_000).toISOString(),
    duration: 1,
  };
}

const alone = (): object => ({ ...apart(), invited_user_ids: [] });

const CREATES = [
  { name: 'create an event of one user, 1 writer', callers: 1, body: alone },
  { name: 'the same, 8 writers', callers: 8, body: alone },
  { name: 'create an event with two invited users, 8 writers', callers: 8, body: apart },
];

interface Measure {
  readonly what: string;
  readonly variant: string;
  readonly values: readonly number[];
  /** The median of the ratios of the rounds: the first value, to that of the first variant. */
  readonly ratio: number;
}

/** The medians of what `measure` finds for each variant in each case. The variants take turns, in another order each round. */
async function measured<C extends { readonly name: string }>(
  prepared: readonly Prepared[],
  rounds: number,
  cases: readonly C[],
  measure: (variant: Prepared, one: C) => Promise<number[]>,
): Promise<Measure[]> {
  const found: Measure[] = [];
  for (const one of cases) {
    const measures = new Map(prepared.map((variant): [Prepared, number[][]] => [variant, []]));
    for (const variant of prepared) await measure(variant, one);
    for (let round = 0; round < rounds; round += 1) {
      const inTurn = [...measures];
      const first = round % inTurn.length;
      for (const [variant, values] of [...inTurn.slice(first), ...inTurn.slice(0, first)])
        values.push(await measure(variant, one));
    }
    const [base] = [...measures.values()];
    for (const [{ name: variant }, values] of measures) {
      found.push({
        what: one.name,
        variant,
        values: values[0].map((_, index) => median(values.map((v) => v[index]))),
        ratio: median(values.map(([value], round) => value / base[round][0])),
      });
    }
  }
  return found;
}

async function addAttendees(url: string): Promise<void> {
  const client = await connected(url);
  await client.query(
    `INSERT INTO users (id, name, email, time_zone)
     SELECT id, 'attendee', 'attendee' || id || '@example.com', 'UTC' FROM generate_series($1::integer, $2::integer) AS id`,
    [FIRST_ATTENDEE, FIRST_ATTENDEE + ATTENDEES - 1],
  );
  await client.end();
}

/** Invites users to an event, and lets all of them answer at once. @returns seconds */
async function answerAll(url: string): Promise<number> {
  const invited = Array.from({ length: ATTENDEES }, (_, index) => FIRST_ATTENDEE + index);
  const created = await fetch(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...newEvent(),
      start_date: instant(1),
      organizer_user_id: 1,
      invited_user_ids: invited,
    }),
  });
  if (created.status !== 201) throw new Error(`A creation is ${created.status}: ${await created.text()}`);
  const { attendees } = (await created.json()) as { attendees: { invite_id: number | null }[] };
  const began = performance.now();
  await Promise.all(
    attendees.slice(1).map(async ({ invite_id }) => {
      const { status } = await fetch(`${url}/event-invites/${invite_id}:accept`, { method: 'POST' });
      if (status !== 200) throw new Error(`An answer is ${status}.`);
    }),
  );
  return (performance.now() - began) / 1_000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function table(head: string, rows: readonly (readonly string[])[]): string {
  return [head, ...rows.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}
