import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { LAST_YEAR, SECOND } from '../../calendar/time/civil-time.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { resolveTime } from '../../events/model/schedule/resolved-time.js';
import { timeOf } from '../../events/write/turn-subjects.js';
import { Clock } from '../../platform/clock/clock.js';
import { durationText } from '../../platform/values/duration.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { creatorOf, type HoldCreator, holdConfirmed, holdExpired } from '../model/hold.policy.js';
import { MAX_EXTENDED_HOLD_SECONDS, MAX_HOLDS_OF_KEY, MAX_HOLDS_OF_PERSON } from '../model/hold-limits.js';
import { type HoldRecord, heldIdsOf, type NewHold } from '../model/hold-record.js';
import { HoldsService } from '../read/holds.service.js';
import { HoldsRepository } from '../store/holds.repository.js';
import { HeldUsers } from './held-users.js';

/** Creates, extends and deletes holds. */
@Injectable()
export class HoldWriter {
  constructor(
    private readonly holds: HoldsRepository,
    private readonly service: HoldsService,
    private readonly heldUsers: HeldUsers,
    private readonly conflicts: ConflictsService,
    private readonly directory: DirectoryService,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Holds the time of users and rooms. It waits for the bookings of these users, so that no two of them take the same time.
   * @throws {DomainError} invalid; not-found `user_not_found`, `room_not_found`; forbidden `invitations_not_accepted`,
   * `calendar_not_shared`; conflict `time_taken`; quota-exceeded `too_many_holds`
   */
  async create(command: NewHold): Promise<HoldRecord> {
    const [userIds, roomIds] = [[...new Set(command.userIds)], [...new Set(command.roomIds)]];
    const memberIds = heldIdsOf({ userIds, roomIds });
    if (memberIds.length === 0)
      throw invalidInput({ field: 'users', message: 'must name a user, unless `rooms` names a room' });
    await this.directory.expectAllVisible({ users: userIds, rooms: roomIds });
    const creator = creatorOf(this.currentActor.get());
    return this.unitOfWork.runInTurn(memberIds.map(timeOf), async () => {
      const persons = await this.users.getPersons(userIds, 'users');
      const rooms = await this.users.getRooms(roomIds, 'rooms');
      const [first] = [...persons, ...rooms];
      const { start, end } = this.intervalOf(command, first.timeZone);
      await this.heldUsers.expectMayHold(persons);
      // Within the transaction, the creator is not deleted before its end.
      if (creator.createdByUserId !== null) await this.users.getAll([creator.createdByUserId], 'user');
      await this.conflicts.expectFree(memberIds, { start, end });
      await this.expectMayHaveMore(creator);
      const { expiresIn } = command;
      const times = { startAt: new Date(start), endAt: new Date(end) };
      return this.holds.add({ ...creator, userIds, roomIds, ...times, expiresIn });
    });
  }

  /**
   * Lets an open hold last a number of seconds from now; a hold that lasts longer stays as it is.
   * @throws {DomainError} not-found `hold_not_found`; conflict `hold_confirmed`; expired `hold_expired`; invalid `expiresIn`
   */
  async extend(id: number, expiresIn: number): Promise<HoldRecord> {
    return this.locked(await this.service.get(id), [], async (hold) => {
      if (hold.eventId !== null) throw holdConfirmed(hold);
      if (!hold.isOpen) throw holdExpired(hold);
      const extended = await this.holds.extend(id, expiresIn, MAX_EXTENDED_HOLD_SECONDS);
      if (extended !== null) return extended;
      const most = durationText(MAX_EXTENDED_HOLD_SECONDS);
      throw invalidInput({
        field: 'expiresIn',
        message: `must end within ${most} of the creation of the hold`,
      });
    });
  }

  /** Deletes a hold. The event of a confirmed one stays. @throws {DomainError} not-found `hold_not_found` */
  async delete(id: number): Promise<void> {
    await this.unitOfWork.run(async () => this.holds.remove(await this.service.get(id, true)));
  }

  /**
   * Runs work in a transaction that has locked the users and rooms of a hold, as a booking of them does, and then the hold: whether
   * the hold is open is decided in the order in which bookings find its time taken or free.
   * @param seen the hold before the lock @param otherIds users to lock besides
   */
  async locked<T>(
    seen: HoldRecord,
    otherIds: readonly number[],
    work: (hold: HoldRecord) => Promise<T>,
  ): Promise<T> {
    const ids = [...new Set([...heldIdsOf(seen), ...otherIds])];
    return this.unitOfWork.runInTurn(ids.map(timeOf), async () => {
      await this.users.lockForBooking(ids);
      return work(await this.service.get(seen.id, true));
    });
  }

  /** @throws {DomainError} invalid, naming the field */
  private intervalOf({ start: when, timeZone, duration }: NewHold, defaultZone: string): Interval {
    if (when.kind === 'date') throw invalidInput({ field: 'start', message: 'must have a time of day' });
    const form = { allDay: false, timeZone: timeZone ?? defaultZone };
    const { startAt: start } = resolveTime('start', when, form);
    const now = Math.floor(this.clock.now().getTime() / SECOND) * SECOND;
    if (start < now) throw invalidInput({ field: 'start', message: 'must not be in the past' });
    const end = start + duration * SECOND;
    if (new Date(end).getUTCFullYear() > LAST_YEAR)
      throw invalidInput({ field: 'length', message: `must end in the year ${LAST_YEAR} or before` });
    return { start, end };
  }

  /** @throws {DomainError} quota-exceeded `too_many_holds` */
  private async expectMayHaveMore(creator: HoldCreator): Promise<void> {
    await this.holds.lockCreator(creator);
    const most = creator.createdByUserId === null ? MAX_HOLDS_OF_KEY : MAX_HOLDS_OF_PERSON;
    if ((await this.holds.countOpen(creator)) < most) return;
    const detail = `The caller has ${most} open holds. Confirm or delete one of them, or wait until one expires.`;
    throw new DomainError('quota-exceeded', 'too_many_holds', detail);
  }
}
