import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { AcquaintancesService } from '../../users/read/acquaintances.service.js';
import type { EventRecord } from '../model/event-record.js';
import { OpenInvitationsRepository } from '../store/open-invitations.repository.js';

/**
 * The most unanswered invitations of strangers that one organizer may have open. The limit is enough for a public event
 * of some hundred people, and too low to fill the calendars of all users.
 */
export const MAX_OPEN_INVITATIONS = 500;

/** Limits the unanswered invitations by which an organizer can take the time of users who do not know the organizer. */
@Injectable()
export class InvitationLimitService {
  constructor(
    private readonly invitations: OpenInvitationsRepository,
    private readonly acquaintances: AcquaintancesService,
    private readonly currentActor: CurrentActor,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Checks, at the end of the running transaction, a change of an event by its organizer. A change that opens no
   * invitation of a stranger is always allowed; requests without a token are exempt. Invitations to events that are
   * over do not count.
   * @param before the event before the change; null: the event is new
   * @throws {DomainError} quota-exceeded `too_many_invitations`, from the end of the transaction
   */
  expect(before: EventRecord | null, after: EventRecord): void {
    if (this.currentActor.get().kind !== 'user') return;
    const openBefore = new Set(before === null ? [] : this.open(before));
    const opened = this.open(after).filter((userId) => !openBefore.has(userId));
    if (opened.length === 0) return;
    // The check comes last: the lock is held shortly, and no transaction that holds it waits for another lock.
    this.unitOfWork.beforeCommit(`open invitations to event ${after.id}`, async () =>
      this.check(after.organizerId, opened),
    );
  }

  /** The attendees who can still answer. */
  private open({ attendees, endAt }: EventRecord): number[] {
    if (endAt !== null && endAt <= this.clock.now()) return [];
    return attendees.filter(({ status }) => status === 'needs_action').map(({ userId }) => userId);
  }

  private async check(organizerId: number, opened: readonly number[]): Promise<void> {
    await this.invitations.lock(organizerId);
    const open = await this.invitations.countByUser(organizerId, this.clock.now());
    if (total(open) <= MAX_OPEN_INVITATIONS) return;
    const invitedUserIds = open.map(({ userId }) => userId);
    const strangers = await this.acquaintances.strangersAmong(organizerId, invitedUserIds);
    const ofStrangers = total(open.filter(({ userId }) => strangers.has(userId)));
    if (ofStrangers <= MAX_OPEN_INVITATIONS || !opened.some((userId) => strangers.has(userId))) return;
    throw tooManyInvitations(ofStrangers);
  }
}

/** @param count the unanswered invitations of strangers that the change would leave */
export function tooManyInvitations(count: number): DomainError {
  const message = `would leave ${count} unanswered invitations of people with whom the organizer has no accepted event; at most ${MAX_OPEN_INVITATIONS} may be open`;
  return new DomainError('quota-exceeded', 'too_many_invitations', `invitedUsers: ${message}`, [
    { field: 'invitedUsers', message },
  ]);
}

function total(open: readonly { readonly count: number }[]): number {
  return open.reduce((sum, { count }) => sum + count, 0);
}
