import { Injectable } from '@nestjs/common';
import type { GrantRecord } from '../model/grants/grant-record.js';
import { CalendarGrantsRepository } from '../store/grants/calendar-grants.repository.js';

/** Reads the grants that concern a user. */
@Injectable()
export class UserGrantsService {
  constructor(private readonly grants: CalendarGrantsRepository) {}

  /**
   * The grants on the user's calendars, and those to the user, by id. A grant with the role `none` hides the calendar, so
   * that the list has it only for the user of the calendar.
   * @param after the id of the grant before those
   */
  async ofUser(userId: number, after: number, limit: number): Promise<GrantRecord[]> {
    return this.grants.concerning(userId, after, limit);
  }
}
