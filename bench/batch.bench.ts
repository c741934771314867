import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { HOUR } from '../src/calendar/time/civil-time.js';
import { formatInstant } from '../src/calendar/time/instant.js';
import type { Scenario } from './scenario.js';
import { createUsers, newDatabase } from './scheduling/database.js';
import { USERS } from './scheduling/dataset.js';
import { quantile, type Subject, timeInTurn } from './scheduling/requests.js';
import { Service } from './scheduling/service.js';

const MEMBERS = 100;
const SINGLES = 10;
const WARM_UP = 2;
const ROUNDS = 6;
const START = Date.UTC(2126, 0, 1);

interface Created {
  readonly events: readonly { readonly id: number }[];
}

/** Events to create: the fields of the member in a place of a round. */
interface Sort {
  readonly name: string;
  readonly fields: (round: number, place: number) => object;
}

const SORTS: readonly Sort[] = [
  { name: 'of one person', fields: () => ({}) },
  {
    name: 'with three invited users',
    fields: (round, place) => ({ invited_user_ids: [1, 2, 3].map((next) => userOf(round + place + next)) }),
  },
  {
    name: 'with an organizer each',
    fields: (_, place) => ({ organizer_user_id: userOf(place) }),
  },
  { name: 'weekly', fields: () => ({ repeat: { frequency: 'weekly', count: 10 } }) },
  {
    name: 'at one time, each in conflict with all others',
    fields: (round) => ({ start_date: timeOf(round, 0) }),
  },
];

/** Compares a batch of a hundred with requests of one event each, in the same run. */
export const scenario: Scenario = {
  title: 'Batch',
  run: async () => {
    const server = await startThrowAwayPostgres({ fsync: 'off' });
    try {
      const rows: string[] = [];
      for (const [index, sort] of SORTS.entries()) {
        const url = await newDatabase(server.url, `bench_${index}`);
        await createUsers(url);
        const service = await Service.start(url);
        const measured = await rowsOf(service, sort);
        process.stderr.write(`${measured.join('\n')}\n`);
        rows.push(...measured);
        await service.stop();
      }
      return [
        `The time of a batch of ${MEMBERS} events, and of ${SINGLES} requests of one event each, over HTTP on one kept connection. Times are medians in milliseconds. PostgreSQL does not wait for the disk, so that one commit is no advantage.`,
        [
          `| events | ${SINGLES} requests | one batch of ${MEMBERS} | batch : one request |`,
          '|---|---:|---:|---:|',
          ...rows,
        ].join('\n'),
      ].join('\n\n');
    } finally {
      await server.stop();
    }
  },
};

function userOf(place: number): number {
  return 1 + (place % USERS);
}

function timeOf(round: number, place: number): string {
  return formatInstant(START + (round * (MEMBERS + SINGLES) + place) * HOUR);
}

async function rowsOf(service: Service, { name, fields }: Sort): Promise<string[]> {
  const event = (round: number, place: number) => ({
    title: 'Meeting',
    start_date: timeOf(round, place),
    duration: 1800,
    organizer_user_id: userOf(round),
    ...fields(round, place),
  });
  let ids: readonly number[] = [];
  let hours = 0;
  const subjects: Subject[] = [
    {
      name: 'singles',
      run: async (round) => {
        for (let place = 0; place < SINGLES; place += 1)
          await service.post('/events', event(2 * round, MEMBERS + place));
      },
    },
    {
      name: 'batch',
      run: async (round) => {
        const requests = Array.from({ length: MEMBERS }, (_, place) => event(2 * round + 1, place));
        const { events } = await service.post<Created>('/events:batch-create', { requests });
        ids = events.map(({ id }) => id);
      },
    },
    {
      name: 'renames',
      run: async () => {
        const requests = ids.map((id) => ({ id, title: 'Renamed' }));
        await service.post('/events:batch-update', { requests });
      },
    },
    {
      name: 'moves',
      run: async (round) => {
        hours += 1;
        const requests = ids.map((id, place) => ({
          id,
          start_date: formatInstant(Date.parse(timeOf(2 * round + 1, place)) + (hours % 2) * 300_000),
        }));
        await service.post('/events:batch-update', { requests });
      },
    },
    {
      name: 'deletions',
      run: async () => {
        await service.post('/events:batch-delete', { ids }).catch((error: unknown) => {
          // The response has no body.
          if (!(error instanceof SyntaxError)) throw error;
        });
      },
    },
  ];
  const timings = await timeInTurn(subjects, WARM_UP, ROUNDS);
  const medianOf = (subject: string) => quantile(timings.get(subject) ?? [], 0.5);
  const singles = medianOf('singles');
  return ['batch', 'renames', 'moves', 'deletions'].map((subject) => {
    const batch = medianOf(subject);
    const work = subject === 'batch' ? `created, ${name}` : `${subject} of these`;
    return `| ${work} | ${singles.toFixed(1)} | ${batch.toFixed(1)} | ${((SINGLES * batch) / singles).toFixed(1)} |`;
  });
}
