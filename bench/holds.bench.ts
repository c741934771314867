import { DAY, HOUR } from '../src/calendar/time/civil-time.js';
import { formatInstant } from '../src/calendar/time/instant.js';
import type { Scenario } from './scenario.js';
import { USERS } from './scheduling/dataset.js';
import { quantile, type Subject, timeInTurn } from './scheduling/requests.js';
import type { Service } from './scheduling/service.js';
import { onThrowAwayService } from './scheduling/throw-away-service.js';

const WARM_UP = 20;
const ROUNDS = 200;
const START = Date.UTC(2126, 0, 1);

/** Users whose holds are open while others are measured. */
const HELD = [1, 2, 3, 4, 5];

/** The hold of a user in one round has expired when the user is read in another one. */
const APART = 17;

interface Created {
  readonly id: number;
}

/** Compares holds with plain events, and reads of held users with reads of others, in the same run. */
export const scenario: Scenario = {
  title: 'Holds',
  run: async () =>
    onThrowAwayService(async (service) => {
      const rows = await rowsOf(service);
      return [
        'The time of one request over HTTP on one kept connection, in turn. Times are medians in milliseconds. PostgreSQL does not wait for the disk. A creation with an `Idempotency-Key`, or of a held person, takes a transaction, as a hold does; a plain one is one statement.',
        ['| request | time | beside a plain creation |', '|---|---:|---:|', ...rows].join('\n'),
      ].join('\n\n');
    }),
};

function userOf(place: number): number {
  return 1 + HELD.length + (place % (USERS - HELD.length));
}

async function rowsOf(service: Service): Promise<string[]> {
  let hours = 0;
  const nextTime = (): string => {
    hours += 1;
    return formatInstant(START + hours * HOUR);
  };
  const holdOf = (userId: number) => ({ start_date: nextTime(), duration: 1800, user_ids: [userId] });
  const eventOf = (userId: number) => ({
    title: 'Meeting',
    start_date: nextTime(),
    duration: 1800,
    organizer_user_id: userId,
  });
  for (const userId of HELD) await service.post('/holds', { ...holdOf(userId), expires_in: 3600 });
  const window = `from=${formatInstant(START)}&to=${formatInstant(START + 7 * DAY)}`;
  const subjects: Subject[] = [
    { name: 'create an event', run: async (round) => service.post('/events', eventOf(userOf(round))) },
    {
      name: 'create an event of a held person',
      run: async (round) => service.post('/events', eventOf(HELD[round % HELD.length])),
    },
    {
      name: 'create a hold',
      run: async (round) => service.post('/holds', { ...holdOf(userOf(round + APART)), expires_in: 1 }),
    },
    {
      name: 'create a hold, and confirm it',
      run: async (round) => {
        const userId = userOf(round + APART);
        const hold = await service.post<Created>('/holds', holdOf(userId));
        await service.post(`/holds/${hold.id}:confirm`, { title: 'Meeting', organizer_user_id: userId });
      },
    },
    {
      name: 'free/busy of a user for a week',
      run: async (round) => service.get(`/free-busy?user_ids=${userOf(round)}&${window}`),
    },
    {
      name: 'the same of a held user',
      run: async (round) => service.get(`/free-busy?user_ids=${HELD[round % HELD.length]}&${window}`),
    },
  ];
  const timings = await timeInTurn(subjects, WARM_UP, ROUNDS);
  const medianOf = (name: string) => quantile(timings.get(name) ?? [], 0.5);
  const plain = medianOf('create an event');
  return subjects.map(
    ({ name }) => `| ${name} | ${medianOf(name).toFixed(2)} | ${(medianOf(name) / plain).toFixed(2)} |`,
  );
}
