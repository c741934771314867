import { formatInstant } from '../src/calendar/time/instant.js';
import { millis, times } from './pairs/pair-report.js';
import type { Scenario } from './scenario.js';
import { addEvents } from './scheduling/database.js';
import { calendarOf, EVENTS_EACH, TODAY, USERS } from './scheduling/dataset.js';
import { groupOf } from './scheduling/questions.js';
import { quantile, timeInTurn } from './scheduling/requests.js';
import type { Service } from './scheduling/service.js';
import { onThrowAwayService } from './scheduling/throw-away-service.js';

const WARM_UP = 60;
const ROUNDS = 120;
const PLAIN = 'plain';

/** The parameters of each search besides those of the plain one. */
const SEARCHES: Readonly<Record<string, string>> = {
  [PLAIN]: '',
  'limit=10, with buffers': 'limit=10&buffer_before=10m&buffer_after=10m',
  'explain=true': 'explain=true',
  'starts=all, limit=100': 'starts=all&limit=100',
  'starts=all, to the end of the month': 'starts=all&to=2026-02-01T00:00:00Z',
  'prefer=compact, to the end of the week': 'prefer=compact&limit=5&to=2026-01-12T00:00:00Z',
  'prefer=compact': 'prefer=compact&limit=5',
  'prefer=spread': 'prefer=spread&limit=5',
};

/** Compares the options of the search with the plain search for the nearest hour. */
export const scenario: Scenario = {
  title: 'Searches',
  run: async () =>
    onThrowAwayService(
      async (service) => {
        const tables: string[] = [];
        for (const size of [2, 10, 20]) tables.push(await tableOf(service, size));
        return [
          `${USERS} users with ${EVENTS_EACH.toLocaleString('en-US')} events each, over HTTP on one kept connection; the calendars are in memory. All searches look for an hour. Times are medians in milliseconds. One run times all searches in turn, for the same users.`,
          ...tables,
        ].join('\n\n');
      },
      async (url) => addEvents(url, calendarOf),
    ),
};

async function tableOf(service: Service, size: number): Promise<string> {
  const timings = await timeInTurn(
    Object.entries(SEARCHES).map(([name, options]) => ({
      name,
      run: async (round: number) => service.get(searchOf(groupOf(round, size), options)),
    })),
    WARM_UP,
    ROUNDS,
  );
  const medianOf = (name: string) => quantile(timings.get(name) ?? [], 0.5);
  const rows = Object.keys(SEARCHES).map(
    (name) => `| ${name} | ${millis(medianOf(name))} | ${times(medianOf(name) / medianOf(PLAIN))} |`,
  );
  return [`| search of ${size} users | service | of the plain search |`, '|---|---:|---:|', ...rows].join(
    '\n',
  );
}

function searchOf(userIds: readonly number[], options: string): string {
  const users = userIds.map((id) => `user_ids=${id}`).join('&');
  return `/events:nearest-empty-time-interval?duration=1h&from=${formatInstant(TODAY)}&${users}&${options}`;
}
