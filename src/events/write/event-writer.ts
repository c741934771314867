import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { refuseExternalIdOfPerson } from '../../access/key-access.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { notFound } from '../../errors/domain-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { Precondition } from '../../platform/precondition.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { mayAnswerInvite } from '../model/attendance/invite.policy.js';
import type { AnsweredInvite, InviteRecord } from '../model/attendance/invite-record.js';
import {
  type BookedEventView,
  type BookedOccurrenceView,
  type CreatedEventView,
  type ExplainedConflict,
  toAttendedEvent,
  toEventOfAttendee,
} from '../model/booked-event.js';
import { refuseAnswerBeyondLimits, refusePatchBeyondLimits } from '../model/command-limits.js';
import type { Answer, EventPatch, NewEvent, NewSeries, OccurrenceName } from '../model/commands.js';
import { mayChangeEvent, mayCreateEventOf } from '../model/event.policy.js';
import type { EventRecord, RecordedOccurrence } from '../model/event-record.js';
import { type AnswerStatus, takesMoreTime } from '../model/event-words.js';
import { ConflictDetailsService } from '../read/conflict-details.service.js';
import { EventInvitesService } from '../read/event-invites.service.js';
import { EventViewsService } from '../read/event-views.service.js';
import { EventsService } from '../read/events.service.js';
import { answerInvite, type WrittenAnswer } from './answer-invite.js';
import { ChangeResources } from './change-resources.js';
import { deleteEvent } from './delete-event.js';
import type { EventChange, WrittenChange, WrittenEvents } from './event-change.js';
import { InvitationLimitService } from './invitation-limit.service.js';
import { asNewSeries, insertSeries, newSeriesRecords } from './new-series-records.js';
import { deleteOccurrence, patchOccurrence } from './occurrence-change.js';
import { patchEvent } from './patch-event.js';

/** An event as a change has left it. */
interface Outcome {
  readonly event: EventRecord;
  readonly conflicts: readonly ExplainedConflict[];
  /** Null: the change was one of the whole event. */
  readonly occurrence: RecordedOccurrence | null;
}

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
    private readonly events: EventsService,
    private readonly views: EventViewsService,
    private readonly invites: EventInvitesService,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly occurrences: OccurrencesService,
    private readonly conflicts: ConflictsService,
    private readonly conflictDetails: ConflictDetailsService,
    private readonly invitationLimit: InvitationLimitService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
    private readonly configuration: Configuration,
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
   * Creates a series with its overrides, the statuses of its attendees and their answers, or nothing. The number of
   * statements does not depend on the number of overrides, attendees and answers.
   * @throws as `create`; {DomainError} not-found `occurrence_not_found`; limit-exceeded `too_many_changed_occurrences`
   */
  async store(series: NewSeries): Promise<CreatedEventView> {
    refuseExternalIdOfPerson(this.currentActor.get(), series.externalId ?? undefined);
    const { organizerId, conflictPolicy: policy } = series;
    const attendeeIds = series.attendees.map(({ userId }) => userId);
    await this.directory.expectAllVisible({ organizer: [organizerId] });
    return this.unitOfWork.runInTurn([organizerId, ...attendeeIds].map(timeOf), async () => {
      const [organizer] = await this.users.getAll([organizerId], 'organizer');
      enforce(mayCreateEventOf(this.currentActor.get(), organizer), 'Events are created by their organizer.');
      await this.users.getAll(attendeeIds, 'invitedUsers');
      const { defaultVisibility: visibility } = this.configuration;
      const eventId = await insertSeries(
        newSeriesRecords(series, { timeZone: organizer.timeZone, visibility }),
        this.resources,
      );
      const written = { eventId, eventIds: [eventId], before: null, policy };
      const { event, conflicts } = await this.conclude(written);
      return { view: await this.views.viewOfCreated(event), conflicts };
    });
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
    return this.patchWith(patchEvent(patch), id, precondition);
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
    const { occurrence, ...outcome } = await this.patchWith(change, id, precondition);
    if (!occurrence) throw notFound('occurrence of event', id);
    return { ...outcome, occurrence };
  }

  /** @throws {DomainError} not-found `event_not_found`; forbidden; precondition-failed @throws {UnauthenticatedError} */
  async delete(id: number, precondition: Precondition): Promise<void> {
    await this.change(id, precondition, async (event) =>
      this.announce(await deleteEvent(event, this.resources)),
    );
  }

  /**
   * Cancels an occurrence, or ends the series before it. If no occurrence is left, the event is deleted.
   * @throws {DomainError} as `delete`; invalid; not-found `occurrence_not_found`; limit-exceeded
   * @throws {UnauthenticatedError}
   */
  async deleteOccurrence(id: number, named: OccurrenceName, precondition: Precondition): Promise<void> {
    await this.change(id, precondition, async (event) =>
      this.announce(await deleteOccurrence(named, this.occurrences)(event, this.resources)),
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
    const { invite, event } = await this.invites.getVisible(answer.inviteId);
    enforce(
      mayAnswerInvite(this.currentActor.get(), invite, event),
      'Only the invited user may answer an invite.',
    );
    const { eventId, userId } = invite;
    return this.unitOfWork.runInTurn([`event ${eventId}`, timeOf(userId)], async () => {
      await this.resources.events.lockForAnswer(eventId);
      const written = await answerInvite(answer, invite, this.resources, this.occurrences);
      if (written.changed) {
        this.announce({ eventIds: [], answer: { eventId, userId } });
        await this.bookAnswer(invite, answer.status, written);
      }
      return { ...invite, ...written.answered };
    });
  }

  /** Runs a change of the whole event, and returns the event as the caller sees it. @throws as `patch` */
  async patchWith(
    change: EventChange<WrittenChange>,
    id: number,
    precondition: Precondition,
  ): Promise<BookedEventView & Pick<Outcome, 'occurrence'>> {
    return this.change(id, precondition, async (event) => {
      const { event: after, ...outcome } = await this.conclude(await change(event, this.resources));
      return { view: await this.views.viewOf(after), ...outcome };
    });
  }

  /** Runs a change of an event that the current actor may change and whose version the caller knows. */
  private async change<T>(
    id: number,
    precondition: Precondition,
    work: (event: EventRecord) => Promise<T>,
  ): Promise<T> {
    return this.unitOfWork.runInTurn([`event ${id}`], async () => {
      await this.resources.events.lock(id);
      const event = await this.events.get(id);
      const decision = mayChangeEvent(this.currentActor.get(), event);
      if (decision !== 'allow') await this.views.expectVisible(event);
      enforce(decision, 'Only its organizer may change an event.');
      precondition.expect(event.version);
      return work(event);
    });
  }

  /** Announces a change, reads the event as it is now, books its time and explains what it is in conflict with. */
  private async conclude(written: WrittenChange): Promise<Outcome> {
    this.announce(written);
    const event = await this.events.get(written.eventId);
    this.invitationLimit.expect(written.before, event);
    const occurrence = written.occurrenceIn?.(event) ?? null;
    const attended = toAttendedEvent(event);
    const booked = written.bookedOccurrence ? (occurrence ?? undefined) : undefined;
    const conflicts =
      written.policy === null
        ? await this.conflicts.find(attended)
        : await this.conflicts.book(attended, written.policy, booked);
    return { event, occurrence, conflicts: await this.conflictDetails.explain(event.id, conflicts) };
  }

  /** Announces a change in the transaction that makes it. Every change of an event passes here. */
  private announce({ eventIds, split, answer }: WrittenEvents): void {
    if (split) this.feed.seriesSplit(split);
    if (answer) this.feed.answerChanged(answer.eventId, answer.userId);
    for (const id of eventIds) this.feed.eventChanged(id);
  }

  /** Books the time that an answer takes. Reads the event with this attendee alone: it may have a thousand. */
  private async bookAnswer(
    { eventId, userId }: InviteRecord,
    status: AnswerStatus,
    { before, occurrence }: WrittenAnswer,
  ): Promise<void> {
    if (!takesMoreTime(before, status)) return;
    await this.conflicts.bookAnswer(userId, occurrence, async () =>
      toEventOfAttendee(await this.events.withAttendees(eventId, [userId]), userId),
    );
  }
}

/** The subject of bookings that wait for each other. */
function timeOf(userId: number): string {
  return `time of user ${userId}`;
}
