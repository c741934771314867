import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, mayActFor } from '../../access/decision.js';
import { refuseExternalIdOfPerson } from '../../access/key-access.js';
import type { CalendarAccess } from '../../calendars/model/grants/calendar-access.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { type NamedCalendar, UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { acceptMembers, type Members, type NameRefusal } from '../../errors/name-refusal.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { externalIdTaken } from '../../platform/values/external-id.js';
import { requirePersons, requireRooms } from '../../users/model/require-all.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { peopleByAddress } from '../model/attendance/people-by-address.js';
import { type CreatedEventView, withBookedTime } from '../model/booked-event.js';
import type { NewAttendee, NewSeries } from '../model/commands.js';
import { mayCreateEventOf, whyNotWritten } from '../model/event.policy.js';
import { EventViewsService } from '../read/event-views.service.js';
import { ChangedEventsRepository } from '../store/batch/changed-events.repository.js';
import { GuestAddresses } from './attendees/guest-addresses.js';
import { ChangeConclusion } from './change-conclusion.js';
import { type NewSeriesRecords, newSeriesRecords } from './new-series-records.js';
import { NewSeriesRows } from './new-series-rows.js';
import { timeOf } from './turn-subjects.js';

/** The reason why a caller may not create an event. */
export const ONLY_WRITERS =
  'Events are created by their organizer, or by a writer of the calendar. If the request names no calendar, it is the primary one of the organizer.';

/** Creates events. The number of statements depends neither on the number of events nor on the size of one. */
@Injectable()
export class SeriesStore {
  constructor(
    private readonly rows: NewSeriesRows,
    private readonly changedEvents: ChangedEventsRepository,
    private readonly addresses: GuestAddresses,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly calendars: UserCalendarsService,
    private readonly access: CalendarAccessService,
    private readonly views: EventViewsService,
    private readonly conclusion: ChangeConclusion,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Creates all of the series in one transaction, or nothing.
   * @throws {DomainError} the refusal of the first series that is refused, named by `name`
   */
  async storeAll(members: Members<NewSeries>, name: NameRefusal): Promise<CreatedEventView[]> {
    const series = members.accepted;
    const organizerIds = series.map(({ organizerId }) => organizerId);
    const visible = await this.directory.visible(organizerIds);
    const userIds = [
      ...new Set([...organizerIds, ...series.flatMap((one) => one.attendees.map(({ userId }) => userId))]),
    ];
    return this.unitOfWork.runInTurn(userIds.map(timeOf), async () => {
      const byAddress = await this.addresses.usersOf(series.flatMap(({ guests }) => guests));
      const users = await this.users.byId(userIds);
      const seen = new Map([...users].filter(([id]) => visible.has(id)));
      const taken = new Set((await this.changedEvents.holdersOf(externalIdsOf(series))).keys());
      const accessTo = await this.accessToCalendars(series, seen);
      const keepsCalendar = await this.calendars.keep(series.flatMap((one) => this.calendarOf(one)));
      const { accepted: records, refusal } = acceptMembers(name, members, (one) => {
        const recordsOfOne = this.recordsOf(one, users, seen, byAddress, accessTo(one));
        this.calendarOf(one).forEach(keepsCalendar);
        for (const externalId of externalIdsOf([one])) {
          if (taken.has(externalId)) throw externalIdTaken('event');
          taken.add(externalId);
        }
        return recordsOfOne;
      });
      if (refusal) throw refusal;
      const ids = await this.rows.insert(records);
      const written = ids.map((eventId, index) => {
        const { conflictPolicy: policy } = series[index];
        return { eventId, eventIds: [eventId], before: null, policy };
      });
      const outcomes = await this.conclusion.concludeAll(written, name);
      const views = await this.views.viewsOfCreated(outcomes.map(({ event }) => event));
      return outcomes.map((outcome, index) => withBookedTime(views[index], outcome));
    });
  }

  /**
   * The organizer of a series, before its other attendees are known.
   * @throws {DomainError} not-found `user_not_found`; forbidden, if the current actor may not create the series
   */
  async expectAccess(series: NewSeries): Promise<UserRecord> {
    const visible = await this.directory.visible([series.organizerId]);
    const seen = await this.users.byId([...visible]);
    const accessTo = await this.accessToCalendars([series], seen);
    return this.organizerOf(series, seen, accessTo(series));
  }

  /**
   * Finds the access of the current actor to the calendar that gets a series. A caller who may act for an organizer needs
   * none.
   * @param organizers those that the actor sees
   */
  private async accessToCalendars(
    series: readonly NewSeries[],
    organizers: ReadonlyMap<number, UserRecord>,
  ): Promise<(one: NewSeries) => CalendarAccess> {
    const actor = this.currentActor.get();
    const byOthers = series.filter(({ organizerId }) => {
      const organizer = organizers.get(organizerId);
      return organizer !== undefined && mayActFor(actor, organizer) !== 'allow';
    });
    const primary = await this.calendars.primariesOf([
      ...new Set(byOthers.map(({ organizerId }) => organizerId)),
    ]);
    const calendarOf = ({ organizerId, calendarId }: NewSeries) =>
      calendarId ?? primary.get(organizerId) ?? null;
    const accessTo = await this.access.to(byOthers.map(calendarOf));
    return (one) => accessTo(calendarOf(one));
  }

  /** The calendar that a series names. */
  private calendarOf(series: NewSeries): NamedCalendar[] {
    const { calendarId, organizerId: userId } = series;
    return calendarId === undefined ? [] : [{ calendarId, userId, isPrivate: this.isPrivate(series) }];
  }

  private isPrivate({ visibility = this.configuration.defaultVisibility }: NewSeries): boolean {
    return visibility === 'private';
  }

  /** The organizer of a series that the current actor may create. @param seen as of `recordsOf` */
  private organizerOf(
    series: NewSeries,
    seen: ReadonlyMap<number, UserRecord>,
    access: CalendarAccess,
  ): UserRecord {
    refuseExternalIdOfPerson(this.currentActor.get(), series.externalId ?? undefined);
    const [organizer] = requirePersons([series.organizerId], seen, 'organizer');
    const isPrivate = this.isPrivate(series);
    const decision = mayCreateEventOf(this.currentActor.get(), organizer, access, isPrivate);
    enforce(decision, whyNotWritten(access, isPrivate) ?? ONLY_WRITERS);
    return organizer;
  }

  /**
   * Checks access and the users, and derives the records of a series.
   * @param users those that exist @param seen those of the organizers that the current actor sees
   * @param byAddress the users of verified addresses
   */
  private recordsOf(
    series: NewSeries,
    users: ReadonlyMap<number, UserRecord>,
    seen: ReadonlyMap<number, UserRecord>,
    byAddress: ReadonlyMap<string, number>,
    access: CalendarAccess,
  ): NewSeriesRecords {
    const organizer = this.organizerOf(series, seen, access);
    const { defaultVisibility: visibility } = this.configuration;
    const rooms = series.attendees.filter(({ isRoom }) => isRoom);
    const persons = series.attendees.filter(({ isRoom }) => !isRoom);
    requirePersons(idsOf(persons), users, 'invitedUsers');
    requireRooms(idsOf(rooms), users, 'invitedRooms');
    const invited = withUsersByAddress(series, byAddress);
    return newSeriesRecords(invited, { timeZone: organizer.timeZone, visibility });
  }
}

function idsOf(attendees: NewSeries['attendees']): number[] {
  return attendees.map(({ userId }) => userId);
}

/** The series with people by their addresses as attendees where an address is a user's. */
function withUsersByAddress(series: NewSeries, byAddress: ReadonlyMap<string, number>): NewSeries {
  if (series.guests.length === 0) return series;
  const { userIds, roles, guests } = peopleByAddress(series.guests, byAddress, series.organizerId);
  const named = new Set(series.attendees.map(({ userId }) => userId));
  const added = userIds.filter((userId) => !named.has(userId));
  const inRole = (attendee: NewAttendee): NewAttendee => ({
    ...attendee,
    role: roles.get(attendee.userId) ?? attendee.role,
  });
  const invited = added.map((userId) => inRole({ userId, status: 'needs_action', comment: null }));
  const attendees = [...series.attendees.map(inRole), ...invited];
  return { ...series, attendees, guests };
}

function externalIdsOf(series: readonly NewSeries[]): string[] {
  return series.flatMap(({ externalId }) => externalId ?? []);
}
