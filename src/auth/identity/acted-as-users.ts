import type { CallerKey } from '../../access/actor.js';
import { RecentEntries } from '../../platform/values/recent-entries.js';
import type { TokenSubject } from '../model/token-subject.js';
import type { CallerHeaders } from './act-as-user.js';
import { claimedUser } from './claimed-caller.js';

/** As many as a counter of requests keeps: 100,000 entries take some 10 MB. */
const MAX_USERS = 100_000;

/**
 * The users that keys have acted as on this instance, by the tenant of the key. A key that names a user of another
 * tenant, or a user that does not exist, therefore uses up no requests of any user.
 */
export class ActedAsUsers {
  private readonly generations = new RecentEntries<string, number>(MAX_USERS);

  /** @param generation null: the tenant has no such user */
  learn({ tenantId, userId }: Pick<TokenSubject, 'tenantId' | 'userId'>, generation: number | null): void {
    const user = `${tenantId} ${userId}`;
    if (generation === null) this.generations.delete(user);
    else this.generations.set(user, generation);
  }

  /** The text of the user that a key names in `Act-As-User`; null if the key has not acted as the user before. */
  claimed(
    { tenantId }: Pick<CallerKey, 'tenantId'>,
    { 'act-as-user': userId }: CallerHeaders,
  ): string | null {
    if (typeof userId !== 'string') return null;
    const generation = this.generations.get(`${tenantId} ${userId}`);
    return generation === undefined ? null : claimedUser({ userId: Number(userId), generation });
  }
}
