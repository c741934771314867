import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import type { NameRefusal } from '../../errors/name-refusal.js';
import { Clock } from '../../platform/clock/clock.js';
import { isResource } from '../../users/model/user-record.js';
import { AcquaintancesService } from '../../users/read/acquaintances.service.js';
import { UsersService } from '../../users/read/users.service.js';
import type { AttendeeRecord, EventRecord, GuestRecord } from '../model/event-record.js';
import type { ParticipationStatus } from '../model/event-words.js';
import { shownStatus } from '../model/event-words.js';
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
  /** The number of guests, who are strangers to every organizer. */
  readonly guests: number;
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
      const [opened, guests] = [this.openedBy(change), this.guestsOpenedBy(change)];
      const { organizerId } = change.after;
      const known = byOrganizer.get(organizerId);
      if (opened.length + guests === 0) continue;
      const field = isHandedOver(change) ? 'organizer' : opened.length === 0 ? 'invited' : 'invitedUsers';
      if (known) known.push({ index, opened, guests, field });
      else byOrganizer.set(organizerId, [{ index, opened, guests, field }]);
    }
    // The check comes last: the lock is held shortly, and no transaction that holds it waits for another lock.
    for (const [organizerId, opened] of [...byOrganizer].toSorted(([a], [b]) => a - b)) {
      this.unitOfWork.beforeCommit(`open invitations of user ${organizerId}`, async () =>
        this.check(organizerId, opened, name),
      );
    }
  }

  /**
   * Whether a new event of an organizer keeps the limit, also if all invitations are of strangers. So a number above the limit
   * does not say that `expectAll` refuses the event.
   * @param opened the number of invitations that the event opens
   */
  async isKeptBy(organizerId: number, opened: number): Promise<boolean> {
    const counts = await this.invitations.countByUser(organizerId, this.clock.now());
    return total(counts) + opened <= MAX_OPEN_INVITATIONS;
  }

  /** The users whom a change invites. An answer that a move has made open again is no new invitation. */
  private openedBy({ before, after }: ChangedInvitations): number[] {
    const known = this.isSameInvitation(before, after) ? before.attendees : [];
    const invitedBefore = new Set(known.map(({ userId }) => userId));
    // The owner of an event from a file has invited nobody.
    const others = after.attendees.filter((attendee) => attendee.userId !== after.organizerId);
    return this.open(after, others)
      .map(({ userId }) => userId)
      .filter((userId) => !invitedBefore.has(userId));
  }

  private guestsOpenedBy({ before, after }: ChangedInvitations): number {
    const known = this.isSameInvitation(before, after) ? before.guests : [];
    const invitedBefore = new Set(known.map(({ address }) => address));
    const invited = after.guests.filter(({ importedAs }) => importedAs === null);
    return this.open(after, invited).filter(({ address }) => !invitedBefore.has(address)).length;
  }

  /** Whether the organizer's invitations to the event counted before the change too. */
  private isSameInvitation(before: EventRecord | null, after: EventRecord): before is EventRecord {
    return before !== null && before.organizerId === after.organizerId && !this.isOver(before);
  }

  private isOver({ endAt }: EventRecord): boolean {
    return endAt !== null && endAt <= this.clock.now();
  }

  /** The attendees who can still answer. */
  private open<T extends AttendeeRecord | GuestRecord>(event: EventRecord, attendees: readonly T[]): T[] {
    if (this.isOver(event)) return [];
    return attendees.filter(
      (attendee) =>
        shownStatus<ParticipationStatus>(attendee) === 'needs_action' &&
        !('userId' in attendee && isResource(attendee)),
    );
  }

  private async check(
    organizerId: number,
    changes: readonly OpenedInvitations[],
    name: NameRefusal,
  ): Promise<void> {
    await this.invitations.lock(organizerId);
    const counts = await this.invitations.countByUser(organizerId, this.clock.now());
    if (total(counts) <= MAX_OPEN_INVITATIONS) return;
    const invited = await this.users.byId(counts.flatMap(({ userId }) => userId ?? []));
    const isPerson = (userId: number) => {
      const user = invited.get(userId);
      return user === undefined || !isResource(user);
    };
    const open = counts.filter(({ userId }) => userId === null || isPerson(userId));
    const invitedUserIds = open.flatMap(({ userId }) => userId ?? []);
    const strangers = await this.acquaintances.strangersAmong(organizerId, invitedUserIds);
    const ofStrangers = total(open.filter(({ userId }) => userId === null || strangers.has(userId)));
    const openedBy = changes.map(
      ({ opened, guests }) => opened.filter((userId) => strangers.has(userId)).length + guests,
    );
    let sum = ofStrangers - openedBy.reduce((all, count) => all + count, 0);
    for (const [place, { index, field }] of changes.entries()) {
      sum += openedBy[place];
      if (openedBy[place] > 0 && sum > MAX_OPEN_INVITATIONS) throw name(index, tooManyInvitations(field));
    }
  }
}

function isHandedOver({ before, after }: ChangedInvitations): boolean {
  return before !== null && before.organizerId !== after.organizerId;
}

/** Without the number of invitations, which counts events that a writer of one calendar of the organizer does not see. */
export function tooManyInvitations(field = 'invitedUsers'): DomainError {
  const message = `would leave more than ${MAX_OPEN_INVITATIONS} unanswered invitations of people with whom the organizer has no accepted event`;
  return new DomainError('quota-exceeded', 'too_many_invitations', `${field}: ${message}`, [
    { field, message },
  ]);
}

function total(open: readonly { readonly count: number }[]): number {
  return open.reduce((sum, { count }) => sum + count, 0);
}
