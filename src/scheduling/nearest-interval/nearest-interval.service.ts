import { Injectable } from '@nestjs/common';
import { firstRead, nearestFreeIntervals } from '../../calendar/availability/free-interval.js';
import type { FreeIntervalAnswer } from '../../calendar/availability/free-interval-answer.js';
import type { FreeIntervalQuery, Participant } from '../../calendar/availability/free-interval-query.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { DAY, SECOND } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { WallClockGrid } from '../../calendar/time/wall-clock-grid.js';
import { invalidInput } from '../../errors/domain-error.js';
import { parseInstant } from '../../http/values/instant.js';
import { boundedWindow } from '../../http/window.dto.js';
import { Clock } from '../../platform/clock/clock.js';
import { DirectoryService } from '../../users/directory.service.js';
import { allFound, type CalendarOwner } from '../../users/model/calendar-owner.js';
import { workingHoursOf } from '../../users/model/user-time.js';
import { MAX_USERS } from '../calendars/calendar-limits.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import type { NearestIntervalQueryDto } from './rest/nearest-interval-query.dto.js';

const DEFAULT_SEARCH = 365 * DAY;

@Injectable()
export class NearestIntervalService {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly directory: DirectoryService,
    private readonly clock: Clock,
  ) {}

  /**
   * The nearest intervals in which all users, or a quorum of them, are free and at work.
   * @throws {DomainError} invalid; not-found, naming the users who are not there
   */
  async find(query: NearestIntervalQueryDto): Promise<FreeIntervalAnswer> {
    const { required, optional } = peopleOf(query);
    const [userIds, pending] = [[...required, ...optional], query.pending ?? 'busy'];
    const wanted = this.wantedBy(query);
    await this.directory.expectAllVisible({ user_ids: required, optional_user_ids: optional });
    const first = firstRead(wanted);
    const calendars = await this.calendars.read(userIds, first, pending);
    const owners = [
      ...allFound(required, calendars.owners, 'user_ids'),
      ...allFound(optional, calendars.owners, 'optional_user_ids'),
    ];
    return nearestFreeIntervals(
      { ...wanted, step: stepOf(query, owners[0]) },
      owners.map((owner, index) =>
        participantOf(owner, index >= required.length, query.working_hours ?? true),
      ),
      async (window) =>
        window.start === first.start ? calendars : this.calendars.read(userIds, window, pending),
    );
  }

  private wantedBy(query: NearestIntervalQueryDto): Omit<FreeIntervalQuery, 'step'> {
    return {
      window: this.windowOf(query),
      duration: query.duration * SECOND,
      bufferBefore: (query.buffer_before ?? 0) * SECOND,
      bufferAfter: (query.buffer_after ?? 0) * SECOND,
      minAttending: query.min_attending ?? null,
      limit: query.limit ?? 1,
    };
  }

  private windowOf({ from, to }: NearestIntervalQueryDto): Interval {
    // To the second, as all that leaves; rounded up, so that the answer is never in the past.
    const now = Math.ceil(this.clock.now().getTime() / SECOND) * SECOND;
    const start = from === undefined ? now : (parseInstant(from) as number);
    return boundedWindow(start, to === undefined ? start + DEFAULT_SEARCH : (parseInstant(to) as number));
  }
}

/** Each user once; whoever is named as both is not optional. */
function peopleOf(query: NearestIntervalQueryDto): Record<'required' | 'optional', number[]> {
  const required = [...new Set(query.user_ids)];
  const optional = [...new Set(query.optional_user_ids)].filter((id) => !required.includes(id));
  if (required.length + optional.length > MAX_USERS) {
    const message = `must name at most ${MAX_USERS} together with user_ids`;
    throw invalidInput({ field: 'optional_user_ids', message });
  }
  if ((query.min_attending ?? 1) > required.length) {
    const message = `must be at most ${required.length}, the number of user_ids`;
    throw invalidInput({ field: 'min_attending', message });
  }
  return { required, optional };
}

function stepOf({ step }: NearestIntervalQueryDto, first: CalendarOwner): WallClockGrid | null {
  return step === undefined ? null : { period: step * SECOND, zone: timeZone(first.timeZone) };
}

function participantOf(owner: CalendarOwner, optional: boolean, respectWorkingHours: boolean): Participant {
  return {
    id: owner.id,
    timeZone: timeZone(owner.timeZone),
    workingHours: respectWorkingHours ? workingHoursOf(owner) : null,
    optional,
  };
}
