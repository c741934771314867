import type { Scenario } from './scenario.js';
import { addEvents } from './scheduling/database.js';
import { calendarOf, EVENTS_EACH, TODAY, USER_IDS } from './scheduling/dataset.js';
import { quantile, type Subject, timeInTurn } from './scheduling/requests.js';
import type { Service } from './scheduling/service.js';
import { onThrowAwayService } from './scheduling/throw-away-service.js';

const PEOPLE = 10;
const WARM_UP = 10;
const ROUNDS = 60;

/** An evening long after today: no event takes it, and time in the past is not held. */
const LATER = Date.UTC(2126, 0, 1, 20);
const DAY = 86_400_000;
const WEEK = 7 * DAY;

const TURNS = { min_attending: 1, assign: 'round_robin' };

const FROM = new Date(TODAY).toISOString();
const NEXT_WEEK = new Date(TODAY + WEEK).toISOString();

/** Compares the searches for series and groups with the nearest search of the same people. */
export const scenario: Scenario = {
  title: 'Meetings',
  run: async () =>
    onThrowAwayService(
      async (service) => {
        return [
          `${PEOPLE} users with ${EVENTS_EACH.toLocaleString('en-US')} events each, over HTTP on one kept connection. The last column is a multiple of the median of the nearest search for the same users. Each round asks about other users; all searches take turns, and then the bookings.`,
          await tableOf(service),
        ].join('\n\n');
      },
      async (url) => addEvents(url, calendarOf),
    ),
};

/** Other users for each round. */
function usersOf(round: number): number[] {
  return Array.from({ length: PEOPLE }, (_, index) => USER_IDS[(round * PEOPLE + index) % USER_IDS.length]);
}

function startOf(round: number): string {
  return new Date(LATER + round * DAY).toISOString();
}

function subjectsOf(service: Service): Subject[] {
  const slots = (round: number, fields: object) =>
    service.post('/events:find-series-slots', {
      duration: '30m',
      repeat: { frequency: 'weekly', count: 26 },
      user_ids: usersOf(round),
      from: FROM,
      to: NEXT_WEEK,
      ...fields,
    });
  const times = (round: number, group: object, fields: object = {}) =>
    service.post('/events:find-times', {
      duration: '30m',
      from: FROM,
      groups: [{ user_ids: usersOf(round), ...group }],
      ...fields,
    });
  const nearest = async (round: number, options: string) => {
    const ids = usersOf(round)
      .map((id) => `user_ids=${id}`)
      .join('&');
    return service.get(`/events:nearest-empty-time-interval?duration=30m&from=${FROM}&${ids}${options}`);
  };
  const all = { starts: 'all', limit: 100 };
  return [
    { name: 'nearest search', run: (round) => nearest(round, '') },
    { name: 'nearest search with explain=true', run: (round) => nearest(round, '&explain=true') },
    {
      name: 'nearest search with starts=all, limit=100',
      run: (round) => nearest(round, '&starts=all&limit=100'),
    },
    { name: 'nearest search with prefer=compact', run: (round) => nearest(round, '&prefer=compact') },
    { name: 'slot of 26 weeks, on quarters of an hour', run: (round) => slots(round, { step: '15m' }) },
    { name: 'slot of 26 weeks, at any time', run: (round) => slots(round, {}) },
    {
      name: 'slot of 26 weeks, on quarters of an hour, half of the users optional',
      run: (round) => {
        const [required, optional] = [usersOf(round).slice(0, PEOPLE / 2), usersOf(round).slice(PEOPLE / 2)];
        return slots(round, { step: '15m', user_ids: required, optional_user_ids: optional });
      },
    },
    { name: 'time of a group of all', run: (round) => times(round, {}) },
    { name: 'time of a group of all with explain', run: (round) => times(round, {}, { explain: true }) },
    { name: 'time of a group of all with starts=all, limit=100', run: (round) => times(round, {}, all) },
    {
      name: 'time of a group of all with prefer=compact',
      run: (round) => times(round, {}, { prefer: 'compact' }),
    },
    { name: 'time of a round robin', run: (round) => times(round, TURNS) },
    {
      name: 'time of a round robin with starts=all, limit=100',
      run: (round) => times(round, TURNS, all),
    },
  ];
}

/** They change calendars in memory, so they come after the searches. */
function bookingsOf(service: Service): Subject[] {
  return [
    {
      name: 'booking of a round robin',
      run: (round) =>
        service.post('/events:book', {
          title: 'Meeting',
          organizer_user_id: usersOf(round)[0],
          start_date: startOf(round),
          duration: '30m',
          working_hours: false,
          groups: [{ user_ids: usersOf(round), ...TURNS }],
        }),
    },
    {
      name: 'hold of all',
      run: (round) =>
        service.post('/holds', {
          start_date: startOf(round + 1_000),
          duration: '30m',
          user_ids: usersOf(round),
        }),
    },
  ];
}

/** @param nearest the median of the nearest search */
async function rowsOf(
  subjects: readonly Subject[],
  nearest?: number,
): Promise<[rows: string[], nearest: number]> {
  const timings = await timeInTurn(subjects, WARM_UP, ROUNDS);
  const one = nearest ?? quantile(timings.get(subjects[0].name) ?? [], 0.5);
  const rows = [...timings].map(([name, all]) => {
    const median = quantile(all, 0.5);
    return `| ${name} | ${median.toFixed(1)} ms | ${quantile(all, 0.95).toFixed(1)} ms | ${(median / one).toFixed(1)} |`;
  });
  return [rows, one];
}

async function tableOf(service: Service): Promise<string> {
  const [searches, nearest] = await rowsOf(subjectsOf(service));
  const [bookings] = await rowsOf(bookingsOf(service), nearest);
  return ['| search | median | 95 % | multiple |', '|---|---|---|---|', ...searches, ...bookings].join('\n');
}
