import { Injectable } from '@nestjs/common';
import { DAY, SECOND } from '../calendar/civil-time.js';
import { nearestFreeIntervals } from '../calendar/free-interval.js';
import type { FreeIntervalAnswer } from '../calendar/free-interval-answer.js';
import type { Participant } from '../calendar/free-interval-query.js';
import type { Interval } from '../calendar/interval.js';
import { timeZone } from '../calendar/time-zone.js';
import { Clock } from '../common/clock.js';
import { invalidInput } from '../common/domain-error.js';
import { parseInstant } from '../common/instant.js';
import { boundedWindow } from '../common/window.dto.js';
import type { User } from '../users/user.entity.js';
import { workingHoursOf } from '../users/user-time.js';
import { UsersService } from '../users/users.service.js';
import { BusyTimeService } from './busy-time.service.js';
import type { NearestIntervalQueryDto } from './dto/nearest-interval-query.dto.js';
import { MAX_USERS } from './scheduling-limits.js';

const DEFAULT_SEARCH = 365 * DAY;

@Injectable()
export class NearestIntervalService {
  constructor(
    private readonly users: UsersService,
    private readonly busyTime: BusyTimeService,
    private readonly clock: Clock,
  ) {}

  /**
   * The nearest intervals in which all users, or a quorum of them, are free and at work.
   * @throws {DomainError} invalid; not-found, naming the users who are not there
   */
  async find(query: NearestIntervalQueryDto): Promise<FreeIntervalAnswer> {
    const window = this.windowOf(query);
    const { required, optional } = peopleOf(query);
    const users = [
      ...(await this.users.getAll(required, 'user_ids')),
      ...(await this.users.getAll(optional, 'optional_user_ids')),
    ];
    return nearestFreeIntervals(
      {
        window,
        duration: query.duration * SECOND,
        step:
          query.step === undefined
            ? null
            : { period: query.step * SECOND, zone: timeZone(users[0].timeZone) },
        bufferBefore: (query.buffer_before ?? 0) * SECOND,
        bufferAfter: (query.buffer_after ?? 0) * SECOND,
        minAttending: query.min_attending ?? null,
        limit: query.limit ?? 1,
      },
      users.map((user, index) => participantOf(user, index >= required.length, query.working_hours ?? true)),
      async (part) => this.busyTime.ofUsers([...required, ...optional], part, query.pending ?? 'busy'),
    );
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

function participantOf(user: User, optional: boolean, respectWorkingHours: boolean): Participant {
  return {
    id: user.id,
    timeZone: timeZone(user.timeZone),
    workingHours: respectWorkingHours ? workingHoursOf(user) : null,
    optional,
  };
}
