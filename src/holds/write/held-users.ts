import { Injectable } from '@nestjs/common';
import { isUser } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { mayActFor } from '../../access/decision.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { DomainError, type FieldError } from '../../errors/domain-error.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { AcquaintancesService } from '../../users/read/acquaintances.service.js';

/** Decides whose time the current actor may hold. */
@Injectable()
export class HeldUsers {
  constructor(
    private readonly acquaintances: AcquaintancesService,
    private readonly access: CalendarAccessService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * Expects that the actor may hold the time of persons. A key may hold the time of everybody in its tenant, and everybody may
   * hold the time of those for whom they may act. The time of another person is held only if an unanswered invitation of the actor would
   * take it, and if the actor sees it.
   * @throws {DomainError} forbidden `invitations_not_accepted`, `calendar_not_shared`, naming `users`
   */
  async expectMayHold(persons: readonly UserRecord[]): Promise<void> {
    const actor = this.currentActor.get();
    const others = persons.filter((person) => mayActFor(actor, person) !== 'allow');
    if (others.length === 0 && actor.kind !== 'anonymous') return;
    const declining = await this.notAccepting(others);
    if (declining.length > 0) {
      const message = `an unanswered invitation takes no time of user ${declining.join(', ')}`;
      throw new DomainError('forbidden', 'invitations_not_accepted', `users: ${message}`, ofUsers(message));
    }
    const seen = persons.filter(({ id }) => !isUser(actor, id)).map(({ id }) => id);
    const hidden = await this.access.hiddenOf(seen);
    const hiding = seen.filter((id) => hidden.get(id)?.all);
    if (hiding.length > 0) {
      const message = `the busy time of user ${hiding.join(', ')} is hidden`;
      throw new DomainError('forbidden', 'calendar_not_shared', `users: ${message}`, ofUsers(message));
    }
  }

  /** A request without a token comes from a stranger, whom nobody but those with `invitations: "all"` accepts. */
  private async notAccepting(others: readonly UserRecord[]): Promise<number[]> {
    const actor = this.currentActor.get();
    const choosy = others.filter(({ invitations }) => invitations !== 'all').map(({ id }) => id);
    if (actor.kind !== 'user') return choosy;
    const declining = await this.acquaintances.notMadeBusyBy(actor.userId, choosy);
    return choosy.filter((id) => declining.has(id));
  }
}

function ofUsers(message: string): FieldError[] {
  return [{ field: 'users', message }];
}
