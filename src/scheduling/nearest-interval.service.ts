import { Injectable } from '@nestjs/common';
import { DAY, SECOND } from '../calendar/civil-time.js';
import { nearestFreeIntervals } from '../calendar/free-interval.js';
import type { FreeIntervalAnswer } from '../calendar/free-interval-answer.js';
import type { Participant } from '../calendar/free-interval-query.js';
import type { Interval } from '../calendar/interval.js';
import { timeZone } from '../calendar/time-zone.js';
import { Clock } from '../common/clock.js';
import { parseInstant } from '../common/instant.js';
import { boundedWindow } from '../common/window.dto.js';
import type { User } from '../users/user.entity.js';
import { workingHoursOf } from '../users/user-time.js';
import { UsersService } from '../users/users.service.js';
import { BusyTimeService } from './busy-time.service.js';
import type { NearestIntervalQueryDto } from './dto/nearest-interval.dto.js';

const DEFAULT_SEARCH = 365 * DAY;

@Injectable()
export class NearestIntervalService {
  constructor(
    private readonly users: UsersService,
    private readonly busyTime: BusyTimeService,
    private readonly clock: Clock,
  ) {}

  /**
   * The nearest interval in which all users are free and at work.
   * @throws {DomainError} invalid; not-found, naming the users who are not there
   */
  async find(query: NearestIntervalQueryDto): Promise<FreeIntervalAnswer> {
    const window = this.windowOf(query);
    const userIds = [...new Set(query.user_ids)];
    const users = await this.users.getAll(userIds, 'user_ids');
    return nearestFreeIntervals(
      {
        window,
        duration: query.duration * SECOND,
        step: null,
        bufferBefore: 0,
        bufferAfter: 0,
        minAttending: null,
        limit: 1,
      },
      users.map((user) => participantOf(user, query.working_hours ?? true)),
      async (part) => this.busyTime.ofUsers(userIds, part, query.pending ?? 'busy'),
    );
  }

  private windowOf({ from, to }: NearestIntervalQueryDto): Interval {
    // To the second, as all that leaves; rounded up, so that the answer is never in the past.
    const now = Math.ceil(this.clock.now().getTime() / SECOND) * SECOND;
    const start = from === undefined ? now : (parseInstant(from) as number);
    return boundedWindow(start, to === undefined ? start + DEFAULT_SEARCH : (parseInstant(to) as number));
  }
}

function participantOf(user: User, respectWorkingHours: boolean): Participant {
  return {
    id: user.id,
    timeZone: timeZone(user.timeZone),
    workingHours: respectWorkingHours ? workingHoursOf(user) : null,
    optional: false,
  };
}
