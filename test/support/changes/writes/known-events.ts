import type { Event } from '../../../../clients/typescript/src/schema.js';
import type { Random } from '../random.js';

const DAY_MS = 86_400_000;

/** The events that the writers know and share, each as of its newest version that a response had. */
export class KnownEvents {
  private readonly events = new Map<number, Event>();
  private readonly deleted = new Set<number>();

  get size(): number {
    return this.events.size;
  }

  note(event: Event): void {
    const known = this.events.get(event.id);
    if (!this.deleted.has(event.id) && (known?.version ?? 0) <= event.version)
      this.events.set(event.id, event);
  }

  forget(id: number): void {
    this.deleted.add(id);
    this.events.delete(id);
  }

  /** One of them; undefined: none is known. */
  one(random: Random): Event | undefined {
    return random.oneIfAny([...this.events.values()]);
  }

  /** One that repeats; undefined: none is known. */
  series(random: Random): Event | undefined {
    return random.oneIfAny([...this.events.values()].filter(({ repeat }) => repeat !== null));
  }

  some(random: Random, count: number): Event[] {
    return random.some([...this.events.values()], count);
  }
}

/** The original starts of a daily series of UTC. Some may have been deleted. */
export function startsOf({ start_date: first, repeat }: Event): string[] {
  const count = repeat && 'count' in repeat ? (repeat.count ?? 1) : 1;
  return Array.from({ length: count }, (_, day) => instantText(Date.parse(first) + day * DAY_MS));
}

/** An instant as the service writes it. */
export function instantText(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The attendees of an event without its organizer. */
export function invitesOf({ attendees }: Event): { readonly inviteId: number; readonly userId: number }[] {
  return attendees.flatMap(({ invite_id: inviteId, user }) =>
    typeof inviteId === 'number' && user ? [{ inviteId, userId: user.id }] : [],
  );
}
