import { deepStrictEqual } from 'node:assert/strict';
import { DAY, HOUR, type Instant, parseCivilTime } from '../../src/calendar/time/civil-time.js';
import { timeZone } from '../../src/calendar/time/time-zone.js';
import type { Call } from '../load/send.js';
import type { Peer } from '../pairs/peer.js';
import type { BareFreeBusy, BareInterval, Listed } from './bare/bare-answers.js';
import type { Dataset, DatasetUser } from './data/calendars.js';
import { freeBusyCall, listCall, nearestCall } from './requests.js';

const WEEKS = [-24, -11, -2, 0, 3, 17];
const WEEKS_OF_WRITERS = Array.from({ length: 10 }, (_, index) => 20 * (index - 5));

interface ServiceInterval {
  readonly start: string;
  readonly end: string;
}

interface ServiceEvent {
  readonly title: string;
  readonly all_day: boolean;
  readonly attendees: readonly object[];
  readonly attendees_omitted: number;
  readonly occurrences: readonly ServiceInterval[];
}

/** Compares the responses of both services. A difference is an error, because then their times do not compare. */
export class Comparison {
  /** The responses that were equal. */
  equal = 0;

  constructor(
    private readonly bare: Peer,
    private readonly service: Peer,
    private readonly anchor: Instant,
  ) {}

  /** The calendars that the reads concern. */
  async ofReads({ users }: Dataset): Promise<void> {
    for (const week of WEEKS) {
      for (const user of users) {
        await this.ofList(user, this.at(week));
        for (const weeks of [1, 4]) await this.ofFreeBusy(user, this.at(week), weeks);
      }
      for (const count of [2, 10, users.length]) {
        for (const hours of [8, 12])
          await this.ofNearest(users.slice(-count), this.at(week) + DAY + hours * HOUR);
      }
    }
  }

  /** The calendars that the measured creations fill. */
  async ofCreated({ writers, guests }: Dataset): Promise<void> {
    for (const user of [...writers, ...guests]) {
      for (const week of WEEKS_OF_WRITERS) {
        await this.ofList(user, this.at(week));
        await this.ofFreeBusy(user, this.at(week), 4);
      }
    }
  }

  private at(week: number): Instant {
    return this.anchor + week * 7 * DAY;
  }

  private async ofList(user: DatasetUser, from: Instant): Promise<void> {
    const call = listCall(user, from);
    const expected = (await this.bare.read<Listed[]>(call))
      .map(({ title, all_day, start, end }) => lineOf(title, all_day, start, end))
      .toSorted();
    for (const more of ['', '&max_attendees=0']) {
      const listed = await this.service.read<ServiceEvent[]>(listCall(user, from, more));
      this.expectEqual(call, linesOf(listed, user), expected);
      const shown = listed.every(({ attendees }) => more === '' || attendees.length === 0);
      this.expectEqual(call, shown && listed.every(hasAttendees), true);
    }
  }

  private async ofFreeBusy(user: DatasetUser, from: Instant, weeks: number): Promise<void> {
    const call = freeBusyCall(user, from, weeks);
    const [expected] = await this.bare.read<BareFreeBusy[]>(call);
    const [found] = await this.service.read<[{ user_id: number; busy: ServiceInterval[] }]>(call);
    this.expectEqual(call, { user_id: found.user_id, busy: found.busy.map(instantsOf) }, expected);
  }

  private async ofNearest(users: readonly DatasetUser[], from: Instant): Promise<void> {
    const call = nearestCall(users, from);
    const expected = await this.bare.read<BareInterval>(call);
    this.expectEqual(call, instantsOf(await this.service.read<ServiceInterval>(call)), expected);
  }

  private expectEqual([method, path]: Call, found: unknown, expected: unknown): void {
    deepStrictEqual(found, expected, `${method} ${path}: the service responds`);
    this.equal += 1;
  }
}

function hasAttendees({ attendees, attendees_omitted }: ServiceEvent): boolean {
  return attendees.length + attendees_omitted > 0;
}

function linesOf(events: readonly ServiceEvent[], user: DatasetUser): string[] {
  const zone = timeZone(user.timeZone);
  return events
    .flatMap(({ title, all_day, occurrences }) =>
      occurrences.map((occurrence) => {
        const { start, end } = all_day
          ? {
              start: zone.toInstant(parseCivilTime(occurrence.start)),
              end: zone.toInstant(parseCivilTime(occurrence.end)),
            }
          : instantsOf(occurrence);
        return lineOf(title, all_day, start, end);
      }),
    )
    .toSorted();
}

function lineOf(title: string, allDay: boolean, start: Instant, end: Instant): string {
  return `${new Date(start).toISOString()} to ${new Date(end).toISOString()} ${title}${allDay ? ' (all day)' : ''}`;
}

function instantsOf({ start, end }: ServiceInterval): BareInterval {
  return { start: Date.parse(start), end: Date.parse(end) };
}
