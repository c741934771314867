import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { refuseExternalIdOfPerson } from '../../access/key-access.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { notFound } from '../../errors/domain-error.js';
import { allAccepted, UNNAMED } from '../../errors/name-refusal.js';
import { Precondition } from '../../platform/precondition.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { isResource, type UserRecord } from '../../users/model/user-record.js';
import { mayAnswerInvite } from '../model/attendance/invite.policy.js';
import {
  type AnsweredInvite,
  type InviteOfUser,
  type InviteRecord,
  isOfUser,
} from '../model/attendance/invite-record.js';
import {
  type BookedEventView,
  type BookedOccurrenceView,
  type CreatedEventView,
  toEventOfAttendee,
} from '../model/booked-event.js';
import { refuseAnswerBeyondLimits, refusePatchBeyondLimits } from '../model/command-limits.js';
import type { Answer, EventPatch, NewEvent, NewSeries, OccurrenceName } from '../model/commands.js';
import type { EventRecord } from '../model/event-record.js';
import { takesMoreTime, takesMoreTimeOfRoom } from '../model/event-words.js';
import { EventInvitesService } from '../read/event-invites.service.js';
import { EventViewsService } from '../read/event-views.service.js';
import { EventsService } from '../read/events.service.js';
import { answerInvite, type WrittenAnswer } from './answer-invite.js';
import { answerForGuest } from './attendees/answer-guest.js';
import { ChangeAccess, type GuardedPatch } from './change-access.js';
import { ChangeConclusion, type Outcome } from './change-conclusion.js';
import { ChangeResources } from './change-resources.js';
import { CreationsInMemory } from './creations-in-memory.js';
import { deleteEvent } from './delete-event.js';
import type { EventChange, WrittenChange } from './event-change.js';
import { asNewSeries } from './new-series-records.js';
import { deleteOccurrence, patchOccurrence } from './occurrence-change.js';
import { patchEvent } from './patch-event.js';
import { SeriesStore } from './series-store.js';
import { changesOf, timeOf } from './turn-subjects.js';

/**
 * Makes every change of events, and checks access to each. A change runs in one transaction: lock the event, check access
 * and version, write, announce, read the event once, book its time, explain the conflicts. For an answer, the writer
 * checks access before the transaction. Changes and answers of one event wait for each other. Bookings of one user wait
 * for each other.
 */
@Injectable()
export class EventWriter {
  constructor(
    private readonly resources: ChangeResources,
    private readonly inMemory: CreationsInMemory,
    private readonly series: SeriesStore,
    private readonly access: ChangeAccess,
    private readonly conclusion: ChangeConclusion,
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly invites: EventInvitesService,
    private readonly occurrences: OccurrencesService,
    private readonly conflicts: ConflictsService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Creates an event with all its invites, or nothing.
   * @throws {DomainError} invalid; forbidden, `key_required`; not-found `user_not_found`; conflict `time_taken`,
   * `external_id_taken`; quota-exceeded `too_many_invitations`
   * @throws {UnauthenticatedError}
   */
  async create(event: NewEvent): Promise<CreatedEventView> {
    return this.store(asNewSeries(event));
  }

  /**
   * The organizer of an event that the current actor may create. For a caller that has to choose attendees before it creates the
   * event: `create` checks access again.
   * @throws {DomainError} not-found `user_not_found`; forbidden, `key_required` @throws {UnauthenticatedError}
   */
  async organizerOf(event: NewEvent): Promise<Pick<UserRecord, 'timeZone'>> {
    return this.series.expectAccess(asNewSeries(event));
  }

  /**
   * Creates a series with its overrides, the statuses of its attendees and their answers, or nothing. The number of
   * statements does not depend on the number of overrides, attendees and answers.
   * @throws as `create`; {DomainError} not-found `occurrence_not_found`; limit-exceeded `too_many_changed_occurrences`
   */
  async store(series: NewSeries): Promise<CreatedEventView> {
    const direct = await this.inMemory.create(series);
    if (direct) return direct;
    const [created] = await this.series.storeAll(allAccepted([series]), UNNAMED);
    return created;
  }

  /**
   * Changes an event, or a series as a whole. An event that is in conflict already may still be renamed.
   * @throws {DomainError} invalid; forbidden; not-found `event_not_found`, `user_not_found`; conflict `time_taken`;
   * precondition-failed; quota-exceeded `too_many_invitations`
   * @throws {UnauthenticatedError}
   */
  async patch(id: number, patch: EventPatch, precondition: Precondition): Promise<BookedEventView> {
    refuseExternalIdOfPerson(this.currentActor.get(), patch.externalId);
    refusePatchBeyondLimits(patch);
    return this.patchWith(patchEvent(patch), id, precondition, patch);
  }

  /**
   * Changes an occurrence, or it and all later ones.
   * @throws as `patch`; {DomainError} not-found `occurrence_not_found`; limit-exceeded `too_many_changed_occurrences`
   */
  async patchOccurrence(
    id: number,
    { patch, ...named }: OccurrenceName & { readonly patch: EventPatch },
    precondition: Precondition,
  ): Promise<BookedOccurrenceView> {
    refuseExternalIdOfPerson(this.currentActor.get(), patch.externalId);
    refusePatchBeyondLimits(patch);
    const change = patchOccurrence(named, patch, this.occurrences);
    const { occurrence, ...outcome } = await this.patchWith(change, id, precondition, patch);
    if (!occurrence) throw notFound('occurrence of event', id);
    return { ...outcome, occurrence };
  }

  /** @throws {DomainError} not-found `event_not_found`; forbidden; precondition-failed @throws {UnauthenticatedError} */
  async delete(id: number, precondition: Precondition): Promise<void> {
    await this.change(id, precondition, async (event) =>
      this.conclusion.announce([await deleteEvent(event, this.resources)]),
    );
  }

  /**
   * Cancels an occurrence, or ends the series before it. If no occurrence is left, the event is deleted.
   * @throws {DomainError} as `delete`; invalid; not-found `occurrence_not_found`; limit-exceeded
   * @throws {UnauthenticatedError}
   */
  async deleteOccurrence(id: number, named: OccurrenceName, precondition: Precondition): Promise<void> {
    await this.change(id, precondition, async (event) =>
      this.conclusion.announce([await deleteOccurrence(named, this.occurrences)(event, this.resources)]),
    );
  }

  /**
   * Answers an invite. A repeat of the same answer changes nothing. An attendee with `double_booking` `reject` can
   * accept only if no other event makes them busy. Many attendees may answer at the same moment, so access is checked
   * before the lock.
   * @throws {DomainError} invalid; forbidden; not-found `invite_not_found`, `occurrence_not_found`; conflict
   * `time_taken` @throws {UnauthenticatedError}
   */
  async answer(answer: Answer): Promise<AnsweredInvite> {
    refuseAnswerBeyondLimits(answer);
    const { invite, event, access } = await this.invites.getForAnswer(answer.inviteId);
    enforce(
      mayAnswerInvite(this.currentActor.get(), invite, event, access),
      invite.userId === null
        ? 'Only the organizer, or a writer of the calendar, may answer for a guest.'
        : 'Only the invited user, or a writer of the calendar, may answer an invite.',
    );
    if (!isOfUser(invite)) {
      await this.access.expectWritable(event);
      return this.answerForGuest(answer, invite);
    }
    const { eventId, userId } = invite;
    return this.unitOfWork.runInTurn([changesOf(eventId), timeOf(userId)], async () => {
      await this.resources.events.lockForAnswer(eventId);
      const written = await answerInvite(answer, invite, this.resources, this.occurrences);
      if (written.changed) {
        this.conclusion.announce([{ eventIds: [], answer: { eventId, userId } }]);
        const isRoom = event.attendees.some((attendee) => attendee.userId === userId && isResource(attendee));
        const takesTime = isRoom ? takesMoreTimeOfRoom : takesMoreTime;
        if (takesTime(written.before, answer.status)) await this.bookAnswer(invite, written);
      }
      return { ...invite, ...written.answered };
    });
  }

  /**
   * Runs a change of the whole event, and returns the event as the caller sees it.
   * @param guarded the fields of the change on which access depends @throws as `patch`
   */
  async patchWith(
    change: EventChange<WrittenChange>,
    id: number,
    precondition: Precondition,
    guarded: GuardedPatch,
  ): Promise<BookedEventView & Pick<Outcome, 'occurrence'>> {
    const work = async (event: EventRecord) => {
      const { event: after, ...outcome } = await this.conclusion.conclude(
        await change(event, this.resources),
      );
      return { view: await this.views.viewOf(after), ...outcome };
    };
    return this.change(id, precondition, work, guarded);
  }

  /** Runs a change of an event that the current actor may change and whose version the caller knows. @throws as `delete` */
  async change<T>(
    id: number,
    precondition: Precondition,
    work: (event: EventRecord) => Promise<T>,
    guarded: GuardedPatch = {},
  ): Promise<T> {
    return this.unitOfWork.runInTurn([changesOf(id)], async () => {
      await this.resources.events.lock(id);
      const event = await this.events.get(id);
      await this.access.expect(event, precondition, guarded);
      return work(event);
    });
  }

  private async answerForGuest(answer: Answer, invite: InviteRecord): Promise<AnsweredInvite> {
    const { eventId } = invite;
    return this.unitOfWork.runInTurn([changesOf(eventId)], async () => {
      await this.resources.events.lockForAnswer(eventId);
      const event = await this.events.get(eventId);
      const { answered, changed } = await answerForGuest(answer, event, this.resources, this.occurrences);
      if (changed) this.conclusion.announce([{ eventIds: [eventId] }]);
      return { ...invite, ...answered };
    });
  }

  /** Books the time that an answer takes. Reads the event with this attendee alone: it may have a thousand. */
  private async bookAnswer({ eventId, userId }: InviteOfUser, { occurrence }: WrittenAnswer): Promise<void> {
    await this.conflicts.bookAnswer(userId, occurrence, async () =>
      toEventOfAttendee(await this.events.withAttendees(eventId, [userId]), userId),
    );
  }
}
