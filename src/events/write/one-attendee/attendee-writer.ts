import { Injectable } from '@nestjs/common';
import type { When } from '../../../calendar/time/when.js';
import { DomainError, notFound } from '../../../errors/domain-error.js';
import { UNNAMED } from '../../../errors/name-refusal.js';
import type { Precondition } from '../../../platform/precondition.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import type { Member } from '../../model/attendance/member.js';
import { type BookedTime, notSearched } from '../../model/booked-event.js';
import { refuseAttendanceBeyondLimits } from '../../model/command-limits.js';
import type { NewAttendance } from '../../model/commands.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import type { SeenAttendee } from '../../read/attendees-shown.js';
import { EventInvitesService } from '../../read/event-invites.service.js';
import { EventViewsService } from '../../read/event-views.service.js';
import { EventsService } from '../../read/events.service.js';
import { ChangeConclusion } from '../change-conclusion.js';
import { ChangeResources } from '../change-resources.js';
import { EventWriter } from '../event-writer.js';
import { addAttendee } from './add-attendee.js';
import { type AttendeeName, removeAttendee } from './remove-attendee.js';

/** An attendee who was added, with the conflicts of the time that the event takes of the attendee. */
export interface AddedAttendeeView extends BookedTime {
  readonly added: SeenAttendee;
}

/** Adds and removes single attendees, under the access of a change of the event. */
@Injectable()
export class AttendeeWriter {
  constructor(
    private readonly writer: EventWriter,
    private readonly resources: ChangeResources,
    private readonly conclusion: ChangeConclusion,
    private readonly events: EventsService,
    private readonly invites: EventInvitesService,
    private readonly views: EventViewsService,
    private readonly occurrences: OccurrencesService,
  ) {}

  /**
   * Adds an attendee to an event, or to one occurrence.
   * @throws as `addAttendee`; {DomainError} invalid; forbidden; not-found `event_not_found`; conflict `time_taken`;
   * precondition-failed; quota-exceeded `too_many_invitations` @throws {UnauthenticatedError}
   */
  async add(
    eventId: number,
    attendance: NewAttendance,
    precondition: Precondition,
  ): Promise<AddedAttendeeView> {
    refuseAttendanceBeyondLimits(attendance);
    const change = addAttendee(attendance, this.occurrences);
    return this.writer.change(eventId, precondition, async (event) => {
      const written = await change(event, this.resources);
      const name = 'roomId' in attendance.invited ? namingRoom : UNNAMED;
      const { event: after, ...booked } = await this.conclusion.conclude(written, name);
      return { ...booked, added: await this.seen(after, written.member) };
    });
  }

  /**
   * Removes an attendee from an event, or from one occurrence.
   * @throws as `removeAttendee`; {DomainError} forbidden; not-found `event_not_found`; precondition-failed
   * @throws {UnauthenticatedError}
   */
  async remove(
    eventId: number,
    name: AttendeeName,
    originalStart: When | undefined,
    precondition: Precondition,
  ): Promise<void> {
    const change = removeAttendee(name, originalStart, this.occurrences);
    await this.writer.change(eventId, precondition, async (event) =>
      this.conclusion.announce([await change(event, this.resources)]),
    );
  }

  /** The same by the invite. @throws as `remove`; {DomainError} not-found `invite_not_found` */
  async removeInvite(
    inviteId: number,
    originalStart: When | undefined,
    precondition: Precondition,
  ): Promise<void> {
    const { eventId } = await this.invites.getForChange(inviteId);
    await this.remove(eventId, { inviteId }, originalStart, precondition);
  }

  /**
   * The attendee with an invite, for a repeat of the request that added the attendee.
   * @throws {DomainError} not-found `invite_not_found`, also if the current actor does not see the event in full any more
   */
  async addedBefore(inviteId: number): Promise<AddedAttendeeView> {
    const { eventId, userId } = await this.invites.getForChange(inviteId);
    const event = await this.events.get(eventId);
    if (!(await this.views.viewOf(event)).details) throw notFound('invite', inviteId);
    const member: Member = userId === null ? { kind: 'guest', id: inviteId } : { kind: 'user', id: userId };
    return { added: await this.seen(event, member), ...notSearched(event), skipped: null, warnings: [] };
  }

  private async seen(event: PartialEventRecord, { kind, id }: Member): Promise<SeenAttendee> {
    const [{ event: seen }] = await this.views.viewsOfCreated([event]);
    const attendee =
      kind === 'user'
        ? seen.attendees.find(({ userId }) => userId === id)
        : seen.guests.find(({ inviteId }) => inviteId === id);
    if (!attendee) throw notFound('attendee', id);
    return attendee;
  }
}

/** A request that adds a room names no start: the time of the event is refused for the room. */
function namingRoom(_: number, { kind, code, detail, errors }: DomainError): DomainError {
  const named = errors.map((error) => (error.field === 'start' ? { ...error, field: 'room' } : error));
  return new DomainError(kind, code, detail, named);
}
