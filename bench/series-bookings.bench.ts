import { MINUTE } from '../src/calendar/time/civil-time.js';
import { formatInstant } from '../src/calendar/time/instant.js';
import type { Scenario } from './scenario.js';
import { USERS } from './scheduling/dataset.js';
import { quantile, type Subject, timeInTurn } from './scheduling/requests.js';
import type { Service } from './scheduling/service.js';
import { onThrowAwayService } from './scheduling/throw-away-service.js';

const WARM_UP = 10;
const ROUNDS = 60;
const SERIES = 200;

/** The policy `reject` books users who have no other event of this run at that time. */
const APART = 100;

/** A Monday. */
const START = Date.UTC(2126, 0, 7);

/** Each series of the room has a quarter of an hour of the week, which has more of them. */
const QUARTER = 15 * MINUTE;

/** Compares bookings of endless series in a full room with plain creations, in the same run. */
export const scenario: Scenario = {
  title: 'Bookings of series',
  run: async () =>
    onThrowAwayService(async (service) => {
      const rows = await rowsOf(service);
      return [
        `The time of one request over HTTP on one kept connection, in turn. Times are medians in milliseconds. PostgreSQL does not wait for the disk. The room has ${SERIES} endless series, and those that the rounds add. A booking compares all occurrences up to the end of the calendar.`,
        ['| request | time | beside a plain creation |', '|---|---:|---:|', ...rows].join('\n'),
      ].join('\n\n');
    }),
};

const eventOf = (place: number, fields: object = {}) => ({
  title: 'Meeting',
  start_date: formatInstant(START + place * QUARTER),
  duration: 900,
  // The organizers have several zones, whose clocks would move the series into each other.
  time_zone: 'UTC',
  organizer_user_id: 1 + (place % USERS),
  ...fields,
});

async function rowsOf(service: Service): Promise<string[]> {
  const room = await service.post<{ readonly id: number }>('/rooms', { name: 'Full' });
  let booked = 0;
  const nextTime = (): string => {
    booked += 1;
    return formatInstant(START + booked * QUARTER);
  };
  const WEEKLY = { repeat: { frequency: 'weekly' } };
  const inRoom = () => ({ ...WEEKLY, start_date: nextTime(), invited_room_ids: [room.id] });
  for (let index = 0; index < SERIES; index += 1) await service.post('/events', eventOf(index, inRoom()));
  const subjects: Subject[] = [
    { name: 'create an event', run: async (round) => service.post('/events', eventOf(round)) },
    {
      name: 'create an endless series',
      run: async (round) => service.post('/events', eventOf(round, WEEKLY)),
    },
    {
      name: 'create an endless series with the policy `reject`',
      run: async (round) =>
        service.post('/events', eventOf(round + APART, { ...WEEKLY, conflict_policy: 'reject' })),
    },
    {
      name: 'book an endless series in the full room',
      run: async (round) => service.post('/events', eventOf(round, inRoom())),
    },
  ];
  const timings = await timeInTurn(subjects, WARM_UP, ROUNDS);
  const medianOf = (name: string) => quantile(timings.get(name) ?? [], 0.5);
  const plain = medianOf('create an event');
  return subjects.map(
    ({ name }) => `| ${name} | ${medianOf(name).toFixed(2)} | ${(medianOf(name) / plain).toFixed(2)} |`,
  );
}
