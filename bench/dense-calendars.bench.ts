import { setTimeout as sleep } from 'node:timers/promises';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { mostMemory, startInstance } from './load/instance.js';
import type { Scenario } from './scenario.js';
import { connected, createUsers, newDatabase } from './scheduling/database.js';

const USERS = 100;
const CALLERS = 4;
const SECONDS = 10;
const PROBE_PAUSE_MS = 10;

const WINDOW = 'from=2026-01-05T00:00:00Z&to=2027-02-09T00:00:00Z';
const EVERY_HOUR = `FREQ=DAILY;BYHOUR=${Array.from({ length: 24 }, (_, hour) => hour).join(',')}`;

/** The series that make a hundred users busy at every hour. */
interface Crowd {
  readonly name: string;
  readonly minutes: number;
  /** Whether each user has a series of their own; otherwise all users attend one series. */
  readonly apart: boolean;
}

const CROWDS: readonly Crowd[] = [
  { name: 'all users attend one series, half of each hour', minutes: 30, apart: false },
  { name: 'all users attend one series, whole hours', minutes: 60, apart: false },
  { name: 'each user has a series, half of each hour', minutes: 30, apart: true },
  { name: 'each user has a series, whole hours', minutes: 60, apart: true },
];

/** Measures how clients that send the largest requests delay other clients. */
export const scenario: Scenario = {
  title: 'Dense calendars',
  run: async () => {
    const server = await startThrowAwayPostgres({});
    try {
      const rows: string[] = [];
      for (const [index, crowd] of CROWDS.entries()) {
        const url = await newDatabase(server.url, `bench${index}`);
        await createUsers(url);
        await addSeries(url, crowd);
        const ids = Array.from({ length: USERS }, (_, user) => `user_ids=${user + 1}`).join('&');
        const freeBusy = `/free-busy?${ids}&${WINDOW}`;
        const search = `/events:nearest-empty-time-interval?duration=61m&working_hours=false&${ids}&${WINDOW}`;
        rows.push(await rowOf(`free/busy; ${crowd.name}`, url, freeBusy));
        const few = '/free-busy?user_ids=1&user_ids=2&user_ids=3&user_ids=4';
        if (crowd.apart) rows.push(await rowOf(`free/busy of four; ${crowd.name}`, url, `${few}&${WINDOW}`));
        rows.push(await rowOf(`nearest interval, not found; ${crowd.name}`, url, search));
      }
      return [
        `${CALLERS} clients repeat a request about ${USERS} users and 400 days for ${SECONDS} s. Each row has a new process. A probe requests \`/health/live\` every ${PROBE_PAUSE_MS} ms. Goal: a p99 of the probe under 250 ms, and memory under 500 MB.`,
        [
          '| request | responses | probes, p99, ms | probes, slowest, ms | peak memory, MB |',
          '|---|---|---:|---:|---:|',
          ...rows,
        ].join('\n'),
      ].join('\n\n');
    } finally {
      await server.stop();
    }
  },
};

async function rowOf(name: string, databaseUrl: string, path: string): Promise<string> {
  const instance = await startInstance(databaseUrl);
  try {
    const end = performance.now() + SECONDS * 1_000;
    const answers = new Map<string, number>();
    const probes: number[] = [];
    const call = async (): Promise<void> => {
      while (performance.now() < end) {
        const response = await fetch(instance.url + path);
        const text = await response.text();
        const answer = response.ok ? `${response.status}` : `${response.status} ${JSON.parse(text).code}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    };
    const probe = async (): Promise<void> => {
      while (performance.now() < end) {
        const began = performance.now();
        await (await fetch(`${instance.url}/health/live`)).text();
        probes.push(performance.now() - began);
        await sleep(PROBE_PAUSE_MS);
      }
    };
    await Promise.all([...Array.from({ length: CALLERS }, call), probe()]);
    const sorted = probes.toSorted((a, b) => a - b);
    const cells = [
      name,
      [...answers].map(([answer, count]) => `${count} × ${answer}`).join(', '),
      (sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN).toFixed(0),
      (sorted.at(-1) ?? Number.NaN).toFixed(0),
      (await mostMemory(instance.pid)).toFixed(0),
    ];
    return `| ${cells.join(' | ')} |`;
  } finally {
    await instance.stop();
  }
}

async function addSeries(url: string, { minutes, apart }: Crowd): Promise<void> {
  const client = await connected(url);
  const organizers = Array.from({ length: apart ? USERS : 1 }, (_, user) => user + 1);
  await client.query(
    `INSERT INTO events (id, organizer_id, title, time_zone, start, duration, rrule, span)
     SELECT id, id, 'Shift', 'UTC', '2026-01-05T00:00:00', $2, $3, tstzrange('2026-01-05T00:00:00Z', NULL)
       FROM unnest($1::integer[]) AS id`,
    [organizers, minutes * 60, EVERY_HOUR],
  );
  await client.query(
    `INSERT INTO attendees (event_id, user_id, span, status, invite_id)
     SELECT e.id, u.id, e.span, CASE WHEN u.id = e.organizer_id THEN 'organizer' ELSE 'accepted' END,
            CASE WHEN u.id <> e.organizer_id THEN nextval('invite_ids') END
       FROM events e, users u WHERE u.id = e.organizer_id OR NOT $1 AND u.id <= $2`,
    [apart, USERS],
  );
  await client.end();
}
