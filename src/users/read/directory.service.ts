import { Injectable } from '@nestjs/common';
import { isUser } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { notFound } from '../../errors/domain-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { requireAll } from '../model/require-all.js';
import { UsersRepository } from '../store/users.repository.js';
import { AcquaintanceReader } from './acquaintance-reader.js';

/**
 * Decides which users the current actor sees. With `DIRECTORY=shared`, a user sees their own record, and the users who
 * organize or have accepted an event that the user attends, with any status, and those with whom they share a grant on a
 * calendar. A user does not see another user merely by an invitation, and a room as a user only by such a grant. Every other
 * actor sees all users.
 *
 * For a user whom the actor does not see, the response is the same as for an id that does not exist.
 */
@Injectable()
export class DirectoryService {
  constructor(
    private readonly acquaintances: AcquaintanceReader,
    private readonly users: UsersRepository,
    private readonly currentActor: CurrentActor,
    private readonly configuration: Configuration,
  ) {}

  /** Whether the current actor sees every user. */
  seesEverybody(): boolean {
    return this.configuration.directory === 'open' || this.currentActor.get().kind !== 'user';
  }

  /** Those of `ids` whom the current actor sees, in at most one query. An id that does not exist may be among them. */
  async visible(ids: readonly number[]): Promise<ReadonlySet<number>> {
    const visible = new Set(ids);
    const actor = this.currentActor.get();
    if (this.seesEverybody() || actor.kind !== 'user') return visible;
    const others = [...visible].filter((id) => !isUser(actor, id));
    if (others.length === 0) return visible;
    const seen = new Set(await this.acquaintances.visibleAmong(actor.userId, others));
    for (const id of others) if (!seen.has(id)) visible.delete(id);
    return visible;
  }

  /** Those of `ids` whose busy time the current actor may ask for: the visible ones, and rooms. */
  async timesVisible(ids: readonly number[]): Promise<ReadonlySet<number>> {
    const visible = await this.visible(ids);
    const hidden = ids.filter((id) => !visible.has(id));
    if (hidden.length === 0) return visible;
    return new Set([...visible, ...(await this.users.roomsAmong(hidden))]);
  }

  /** @throws {DomainError} not-found `user_not_found`, if the current actor does not see the user */
  async expectVisible(id: number): Promise<void> {
    if (!(await this.visible([id])).has(id)) throw notFound('user', id);
  }

  /**
   * @param idsByField the ids that a request names, by the field that names them
   * @throws {DomainError} not-found `user_not_found` at the first field with persons whom the current actor does not see
   */
  async expectAllVisible(idsByField: Readonly<Record<string, readonly number[]>>): Promise<void> {
    if (this.seesEverybody()) return;
    const visible = await this.timesVisible(Object.values(idsByField).flat());
    const found = new Map([...visible].map((id) => [id, id]));
    for (const [field, ids] of Object.entries(idsByField)) requireAll(ids, found, field);
  }
}
