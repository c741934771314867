import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import type { NameRefusal } from '../../errors/name-refusal.js';
import { Clock } from '../../platform/clock/clock.js';
import { isResource } from '../../users/model/user-record.js';
import { AcquaintancesService } from '../../users/read/acquaintances.service.js';
import { UsersService } from '../../users/read/users.service.js';
import type { EventRecord } from '../model/event-record.js';
import { OpenInvitationsRepository } from '../store/open-invitations.repository.js';

/**
 * The most unanswered invitations of strangers that one organizer may have open. The limit is enough for a public event
 * of some hundred people, and too low to fill the calendars of all users.
 */
export const MAX_OPEN_INVITATIONS = 500;

/** An event before and after a change; null: the event is new. */
interface ChangedInvitations {
  readonly before: EventRecord | null;
  readonly after: EventRecord;
}

/** The users whose invitations a change has opened. */
interface OpenedInvitations {
  readonly index: number;
  readonly opened: readonly number[];
  /** The field of the command that opened them. */
  readonly field: string;
}

/** Limits the unanswered invitations by which an organizer can take the time of users who do not know the organizer. */
@Injectable()
export class InvitationLimitService {
  constructor(
    private readonly invitations: OpenInvitationsRepository,
    private readonly acquaintances: AcquaintancesService,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Checks, at the end of the running transaction, changes of events by their organizers. A change that opens no
   * invitation of a stranger is always allowed; requests without a token are exempt. Invitations to events that are
   * over do not count. An organizer who takes over an event opens all of its invitations.
   * @throws {DomainError} quota-exceeded `too_many_invitations`, of the first change beyond the limit, from the end of the
   * transaction
   */
  expectAll(changes: readonly ChangedInvitations[], name: NameRefusal): void {
    if (this.currentActor.get().kind !== 'user') return;
    const byOrganizer = new Map<number, OpenedInvitations[]>();
    for (const [index, change] of changes.entries()) {
      const opened = this.openedBy(change);
      const { organizerId } = change.after;
      const known = byOrganizer.get(organizerId);
      if (opened.length === 0) continue;
      const field = isHandedOver(change) ? 'organizer' : 'invitedUsers';
      if (known) known.push({ index, opened, field });
      else byOrganizer.set(organizerId, [{ index, opened, field }]);
    }
    // The check comes last: the lock is held shortly, and no transaction that holds it waits for another lock.
    for (const [organizerId, opened] of [...byOrganizer].toSorted(([a], [b]) => a - b)) {
      this.unitOfWork.beforeCommit(`open invitations of user ${organizerId}`, async () =>
        this.check(organizerId, opened, name),
      );
    }
  }

  private openedBy({ before, after }: ChangedInvitations): number[] {
    const openBefore = new Set(
      before === null || before.organizerId !== after.organizerId ? [] : this.open(before),
    );
    return this.open(after).filter((userId) => !openBefore.has(userId));
  }

  /** The attendees who can still answer. */
  private open({ attendees, endAt }: EventRecord): number[] {
    if (endAt !== null && endAt <= this.clock.now()) return [];
    return attendees
      .filter((attendee) => attendee.status === 'needs_action' && !isResource(attendee))
      .map(({ userId }) => userId);
  }

  private async check(
    organizerId: number,
    changes: readonly OpenedInvitations[],
    name: NameRefusal,
  ): Promise<void> {
    await this.invitations.lock(organizerId);
    const counts = await this.invitations.countByUser(organizerId, this.clock.now());
    if (total(counts) <= MAX_OPEN_INVITATIONS) return;
    const invited = await this.users.byId(counts.map(({ userId }) => userId));
    const isPerson = (userId: number) => {
      const user = invited.get(userId);
      return user === undefined || !isResource(user);
    };
    const open = counts.filter(({ userId }) => isPerson(userId));
    const invitedUserIds = open.map(({ userId }) => userId);
    const strangers = await this.acquaintances.strangersAmong(organizerId, invitedUserIds);
    const ofStrangers = total(open.filter(({ userId }) => strangers.has(userId)));
    const openedBy = changes.map(({ opened }) => opened.filter((userId) => strangers.has(userId)).length);
    let sum = ofStrangers - openedBy.reduce((all, count) => all + count, 0);
    for (const [place, { index, field }] of changes.entries()) {
      sum += openedBy[place];
      if (openedBy[place] > 0 && sum > MAX_OPEN_INVITATIONS)
        throw name(index, tooManyInvitations(ofStrangers, field));
    }
  }
}

function isHandedOver({ before, after }: ChangedInvitations): boolean {
  return before !== null && before.organizerId !== after.organizerId;
}

/** @param count the unanswered invitations of strangers that the change would leave */
export function tooManyInvitations(count: number, field = 'invitedUsers'): DomainError {
  const message = `would leave ${count} unanswered invitations of people with whom the organizer has no accepted event; at most ${MAX_OPEN_INVITATIONS} may be open`;
  return new DomainError('quota-exceeded', 'too_many_invitations', `${field}: ${message}`, [
    { field, message },
  ]);
}

function total(open: readonly { readonly count: number }[]): number {
  return open.reduce((sum, { count }) => sum + count, 0);
}
