import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import type { GrantRecord } from '../model/grants/grant-record.js';
import { CalendarGrantsRepository } from '../store/grants/calendar-grants.repository.js';

/** Reads the grants that concern a user. */
@Injectable()
export class UserGrantsService {
  constructor(
    private readonly grants: CalendarGrantsRepository,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The grants on the user's calendars, and those to the user, by id. A grant with the role `none` hides the calendar, so
   * that the list has it only for the user of the calendar. A caller without a token has no grants of its own, and sees
   * only those on the user's calendars. Does not check whether the current actor may act for the user.
   * @param after the id of the grant before the first one; 0: none
   */
  async ofUser(userId: number, after: number, limit: number): Promise<GrantRecord[]> {
    const withThoseTo = this.currentActor.get().kind !== 'anonymous';
    return this.grants.concerning(userId, { withThoseTo, after, limit });
  }
}
