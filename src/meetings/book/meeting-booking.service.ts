import { Injectable } from '@nestjs/common';
import { MAX_SEARCH_WINDOW } from '../../calendar/availability/free-interval-query.js';
import { freeAtAll } from '../../calendar/availability/groups/find-group-times.js';
import {
  MAX_SLOT_CALENDAR_DAYS,
  MAX_SLOT_OCCURRENCES,
} from '../../calendar/availability/series-slots/series-slot-query.js';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import { occurrencesIn } from '../../calendar/recurrence/series/recurrence-set.js';
import { DAY } from '../../calendar/time/civil-time.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import type { CreatedEventView } from '../../events/model/booked-event.js';
import type { NewEvent } from '../../events/model/commands.js';
import { seriesOf } from '../../events/model/schedule/schedule.js';
import { newSchedule } from '../../events/model/schedule/schedule-change.js';
import { EventWriter } from '../../events/write/event-writer.js';
import { timeOf } from '../../events/write/turn-subjects.js';
import {
  policyOfSearch,
  SearchCalendars,
  searchedPerson,
} from '../../scheduling/nearest-interval/search-calendars.service.js';
import { isResource } from '../../users/model/user-record.js';
import { UsersService } from '../../users/read/users.service.js';
import { type FoundGroups, GroupMembersService } from '../groups/group-members.service.js';
import type { AskedGroup } from '../model/asked-group.js';
import type { MeetingSearch } from '../model/meeting-search.js';
import { RoundRobinAssignmentsRepository } from '../store/round-robin-assignments.repository.js';

/** Books a meeting of groups. */
export interface MeetingBooking
  extends Pick<MeetingSearch, 'bufferBefore' | 'bufferAfter' | 'pending' | 'workingHours'> {
  readonly groups: readonly AskedGroup[];
  /** The event, without the members whom the service chooses. It may name some of them. */
  readonly event: NewEvent;
}

/** Books meetings of groups. */
@Injectable()
export class MeetingBookingService {
  constructor(
    private readonly members: GroupMembersService,
    private readonly users: UsersService,
    private readonly access: CalendarAccessService,
    private readonly searched: SearchCalendars,
    private readonly assignments: RoundRobinAssignmentsRepository,
    private readonly writer: EventWriter,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Chooses members of each group who can attend all occurrences, and creates the event with them, in one transaction.
   * Bookings of one member wait for each other, so that no two of them choose the member for the same time.
   * @throws {DomainError} conflict `time_taken`, if a group has too few members who can attend; as `EventWriter.create` does
   */
  async book(booking: MeetingBooking): Promise<CreatedEventView> {
    const { event, groups: asked } = booking;
    const { timeZone: zone } = await this.writer.organizerOf(event);
    const found = await this.members.find(asked);
    await this.members.findOptional(event.optionalUserIds ?? []);
    const meetings = this.meetingsOf(event, zone, found.members.length);
    const memberIds = found.members.map(({ id }) => id);
    const ids = [
      ...new Set([event.organizerId, ...event.invitedUserIds, ...event.invitedRoomIds, ...memberIds]),
    ];
    return this.unitOfWork.runInTurn(ids.map(timeOf), async () => {
      await this.users.lockForBooking(ids);
      const chosen = await this.choose(booking, found, meetings);
      const chosenIds = new Set(chosen.flat());
      const attending = found.members.filter(({ id }) => chosenIds.has(id));
      const [rooms, persons] = [attending.filter(isResource), attending.filter((one) => !isResource(one))];
      const created = await this.writer.create({
        ...event,
        invitedUserIds: [...new Set([...event.invitedUserIds, ...persons.map(({ id }) => id)])],
        invitedRoomIds: [...new Set([...event.invitedRoomIds, ...rooms.map(({ id }) => id)])],
      });
      const { id: eventId } = created.view.event;
      await this.assignments.add(
        found.groups.flatMap(({ roundRobin, memberIds: chosenAmong }, index) =>
          roundRobin
            ? chosen[index].map((userId) => ({
                eventId,
                userId,
                memberIds: chosenAmong,
                startAt: meetings[0].start,
              }))
            : [],
        ),
      );
      return created;
    });
  }

  /** The members of each group who attend. Within the transaction of the booking, after the locks. */
  private async choose(
    { workingHours, pending, ...buffers }: MeetingBooking,
    found: FoundGroups,
    meetings: readonly Interval[],
  ): Promise<number[][]> {
    const ids = found.members.map(({ id }) => id);
    const hidden = await this.access.hiddenOf(ids);
    // A member may have changed before the lock.
    const current = await this.users.byId(ids);
    const people = [...current.values()].map((member) => searchedPerson(member, false, workingHours, hidden));
    const freeIds = await freeAtAll(meetings, people, buffers, async (window) =>
      this.searched.read(ids, window, policyOfSearch(pending), hidden),
    );
    const [{ start }] = meetings;
    const chosen = (await this.members.chooser(found, start)).choose(start, freeIds);
    if (chosen) return chosen;
    const short = found.groups.findIndex(
      ({ memberIds, required }) => memberIds.filter((id) => freeIds.has(id)).length < required,
    );
    const field = short === -1 ? 'groups' : `groups.${short}`;
    const message = 'has too few members who can attend at that time';
    throw new DomainError('conflict', 'time_taken', `${field}: ${message}.`, [{ field, message }]);
  }

  /** The times of the event, as it will be created. @throws {DomainError} invalid, naming the field */
  private meetingsOf({ schedule: command }: NewEvent, zone: string, members: number): Interval[] {
    const schedule = newSchedule(command, zone);
    const meetings: Interval[] = [];
    for (const { start, end } of occurrencesIn(seriesOf(schedule), { start: -Infinity, end: Infinity })) {
      if (meetings.length === MAX_SLOT_OCCURRENCES) throw tooManyOccurrences();
      meetings.push({ start, end });
    }
    const { start, end } = meetings.reduce(span);
    const days = (end - start) / DAY;
    if (end - start > MAX_SEARCH_WINDOW || days * members > MAX_SLOT_CALENDAR_DAYS) throw tooLong();
    return meetings;
  }
}

function tooManyOccurrences(): DomainError {
  const message = `must end after at most ${MAX_SLOT_OCCURRENCES} occurrences`;
  return invalidInput({ field: 'repeat', message });
}

function tooLong(): DomainError {
  const days = MAX_SEARCH_WINDOW / DAY;
  const message = `must end within ${days} days, and its days times the members must be at most ${MAX_SLOT_CALENDAR_DAYS}`;
  return invalidInput({ field: 'repeat', message });
}
