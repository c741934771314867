import { Injectable } from '@nestjs/common';
import type { IntervalSet } from '../calendar/interval-set.js';
import { windowOf } from '../common/window.dto.js';
import { allFound } from '../users/calendar-owner.js';
import { DirectoryService } from '../users/directory.service.js';
import { CalendarsService } from './calendars.service.js';
import type { FreeBusyQueryDto } from './dto/free-busy.dto.js';

@Injectable()
export class FreeBusyService {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly directory: DirectoryService,
  ) {}

  /**
   * The busy time of each user in the window, in the order asked.
   * @throws {DomainError} invalid; not-found, naming the users who are not there
   */
  async ofUsers(query: FreeBusyQueryDto): Promise<[number, IntervalSet][]> {
    const window = windowOf(query);
    const userIds = [...new Set(query.user_ids)];
    await this.directory.expectAllVisible({ user_ids: userIds });
    const { owners, busy } = await this.calendars.inWindow(userIds, window, query.pending ?? 'busy');
    allFound(userIds, owners, 'user_ids');
    return userIds.map((id) => [id, busy.get(id) ?? []]);
  }
}
