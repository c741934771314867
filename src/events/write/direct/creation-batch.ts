import { overlaps } from '../../../calendar/intervals/interval.js';
import type { IntervalSet } from '../../../calendar/intervals/interval-set.js';
import type { CalendarVersions } from '../../../scheduling/cache/calendar-entry-reader.js';
import { isSame } from '../../../scheduling/cache/versions.js';
import type { KnownEvent } from '../../store/direct/known-event.js';
import type { DecidedCreation } from './creation-decisions.js';

/** Creations that one statement makes. Each was decided without the others, so no two of them take the same time of a user. */
export class CreationBatch {
  readonly events: KnownEvent[] = [];
  /** The events behind the conflicts of the creations, by the user who has the conflict. */
  readonly behind = new Map<number, Set<number>>();
  private readonly versionOf = new Map<number, CalendarVersions>();
  private readonly takenOf = new Map<number, IntervalSet[]>();

  /** The versions of all users of the events. */
  get versions(): CalendarVersions[] {
    return [...this.versionOf.values()];
  }

  /** Adds a creation, unless another one of the batch concerns its decision. @returns whether it is added */
  add({ event, calendars, taken, behind }: DecidedCreation): boolean {
    const { versions } = calendars;
    const isOfOneState = versions.every((each) => {
      const known = this.versionOf.get(each.userId);
      return known === undefined || isSame(known, each);
    });
    // The number of invitations was counted without those of another event.
    const isCounted = !event.isLimited || this.events.every((other) => !other.isLimited);
    const times = taken.flatMap((byUser) => [...byUser]);
    if (!isOfOneState || !isCounted || times.some(([userId, set]) => this.takes(userId, set))) return false;
    this.events.push(event);
    for (const each of versions) this.versionOf.set(each.userId, each);
    for (const [userId, ids] of behind)
      this.behind.set(userId, new Set([...(this.behind.get(userId) ?? []), ...ids]));
    for (const [userId, set] of times) this.takenOf.set(userId, [...(this.takenOf.get(userId) ?? []), set]);
    return true;
  }

  private takes(userId: number, set: IntervalSet): boolean {
    const known = this.takenOf.get(userId)?.flat() ?? [];
    return known.some((one) => set.some((other) => overlaps(one, other)));
  }
}
