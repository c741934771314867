import type { Interval } from '../../src/calendar/intervals/interval.js';
import { DAY } from '../../src/calendar/time/civil-time.js';
import { formatInstant } from '../../src/calendar/time/instant.js';
import { TODAY, USERS } from './dataset.js';
import type { IndexRead, MemorySweep } from './floors.js';
import type { Subject } from './requests.js';
import type { Service } from './service.js';

const WEEK: Interval = { start: TODAY, end: TODAY + 7 * DAY };
const YEAR: Interval = { start: TODAY, end: TODAY + 365 * DAY };
const GROUPS = 40;

/** A request to the service, and its floor: the read of the rows and the computation from memory. */
export interface Question {
  readonly name: string;
  /** The share of the rounds that time the request. A slow request has a small share. */
  readonly share: number;
  readonly index: Subject['run'];
  readonly sweep: Subject['run'];
  readonly service: Subject['run'];
  /** For a search, the average number of windows that it reads. */
  readonly windows?: number;
}

export class Questions {
  constructor(
    private readonly index: IndexRead,
    private readonly sweep: MemorySweep,
    private readonly service: Service,
  ) {}

  /** A request that needs no database. */
  empty(): Subject['run'] {
    return async () => this.service.get('/health/live');
  }

  list(): Question {
    return {
      name: 'one-week list of one user',
      share: 1,
      index: async (round) => this.index.events(userOf(round), WEEK),
      sweep: async (round) => this.sweep.busy(userOf(round), WEEK),
      service: async (round) => this.service.get(`/users/${userOf(round)}/events?${windowQuery(WEEK)}`),
    };
  }

  /** @param calendarOf a calendar of a user */
  listOfCalendar(calendarOf: (userId: number) => number): Subject['run'] {
    return async (round) =>
      this.service.get(`/calendars/${calendarOf(userOf(round))}/events?${windowQuery(WEEK)}`);
  }

  freeBusy(): Question {
    return {
      name: 'one-week free/busy of one user',
      share: 1,
      index: async (round) => this.index.times([userOf(round)], WEEK),
      sweep: async (round) => this.sweep.busy(userOf(round), WEEK),
      service: async (round) => this.service.get(`/free-busy?user_ids=${userOf(round)}&${windowQuery(WEEK)}`),
    };
  }

  async nearestHour(size: number): Promise<Question> {
    const windows: Interval[][] = [];
    for (let group = 0; group < GROUPS; group += 1)
      windows.push(await this.sweep.nearestHour(groupOf(group, size), YEAR));
    return {
      name: `nearest hour of ${size} users`,
      share: size > 2 ? 1 / size : 1,
      windows: windows.flat().length / GROUPS,
      index: async (round) => {
        for (const window of windows[round % GROUPS]) await this.index.times(groupOf(round, size), window);
      },
      sweep: async (round) => this.sweep.nearestHour(groupOf(round, size), YEAR),
      service: async (round) => {
        const users = groupOf(round, size).map((id) => `user_ids=${id}`);
        const query = `duration=1h&from=${formatInstant(TODAY)}&${users.join('&')}`;
        return this.service.get(`/events:nearest-empty-time-interval?${query}`);
      },
    };
  }
}

function userOf(round: number, place = 0): number {
  return ((round * 7 + place * 3) % USERS) + 1;
}

export function groupOf(round: number, size: number): number[] {
  return Array.from({ length: size }, (_, place) => userOf(round % GROUPS, place));
}

function windowQuery({ start, end }: Interval): string {
  return `from=${formatInstant(start)}&to=${formatInstant(end)}`;
}
