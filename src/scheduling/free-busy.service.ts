import { Injectable } from '@nestjs/common';
import type { IntervalSet } from '../calendar/interval-set.js';
import { windowOf } from '../common/window.dto.js';
import { UsersService } from '../users/users.service.js';
import { BusyTimeService } from './busy-time.service.js';
import type { FreeBusyQueryDto } from './dto/free-busy.dto.js';

@Injectable()
export class FreeBusyService {
  constructor(
    private readonly users: UsersService,
    private readonly busyTime: BusyTimeService,
  ) {}

  /**
   * The busy time of each user in the window, in the order asked.
   * @throws {DomainError} invalid; not-found, naming the users who are not there
   */
  async ofUsers(query: FreeBusyQueryDto): Promise<[number, IntervalSet][]> {
    const window = windowOf(query);
    const userIds = [...new Set(query.user_ids)];
    await this.users.getAll(userIds, 'user_ids');
    const busy = await this.busyTime.ofUsers(userIds, window, query.pending ?? 'busy');
    return userIds.map((id) => [id, busy.get(id) ?? []]);
  }
}
