import type { ReminderMethod } from '../../users/model/reminder.js';

/**
 * The most requests to webhooks at a time: each waits for the network, and holds a socket but no database connection.
 * @public `docs/limits.md` lists it.
 */
export const MAX_WEBHOOKS_AT_ONCE = 40;

/**
 * The most emails at a time, counted apart from webhooks: a mail server accepts few connections and may be slow.
 * @public `docs/limits.md` lists it.
 */
export const MAX_EMAILS_AT_ONCE = 10;

/**
 * The most deliveries of one user at a time: only the slow webhooks of twenty users delay those of another user.
 * @public `docs/limits.md` lists it.
 */
export const MAX_AT_ONCE_OF_USER = 2;

/**
 * The most deliveries to one host at a time: users must not be able to flood a server by this service.
 * @public `docs/limits.md` lists it.
 */
export const MAX_AT_ONCE_TO_HOST = 2;

/** The properties of a delivery that the limits count. */
export interface Sending {
  readonly userId: number;
  readonly method: ReminderMethod;
  /** The host that a webhook calls; null for an email. */
  readonly host: string | null;
}

/** The further deliveries that may start, as a filter. */
export interface FreeSlots {
  readonly methods: readonly ReminderMethod[];
  readonly exceptUserIds: readonly number[];
  readonly exceptHosts: readonly string[];
}

/** Counts the running deliveries of this process, and decides which further ones may start. */
export class SendingSlots {
  private readonly underWay = new Set<Sending>();

  get free(): FreeSlots {
    const counts = new Counts(this.underWay);
    return {
      methods: (['webhook', 'email'] as const).filter((method) => counts.hasSlotForMethod(method)),
      exceptUserIds: counts.fullUserIds,
      exceptHosts: counts.fullHosts,
    };
  }

  /** The deliveries that may start now, together: as many as the limits allow, in their order. */
  admissible<T extends Sending>(deliveries: readonly T[]): T[] {
    const counts = new Counts(this.underWay);
    return deliveries.filter((delivery) => {
      if (!counts.hasSlotFor(delivery)) return false;
      counts.add(delivery);
      return true;
    });
  }

  take(delivery: Sending): void {
    this.underWay.add(delivery);
  }

  release(delivery: Sending): void {
    this.underWay.delete(delivery);
  }
}

class Counts {
  private readonly methods = new Map<string, number>();
  private readonly users = new Map<number, number>();
  private readonly hosts = new Map<string, number>();

  constructor(deliveries: Iterable<Sending>) {
    for (const delivery of deliveries) this.add(delivery);
  }

  add({ method, userId, host }: Sending): void {
    increment(this.methods, method);
    increment(this.users, userId);
    if (host !== null) increment(this.hosts, host);
  }

  get fullUserIds(): number[] {
    return keysFrom(this.users, MAX_AT_ONCE_OF_USER);
  }

  get fullHosts(): string[] {
    return keysFrom(this.hosts, MAX_AT_ONCE_TO_HOST);
  }

  hasSlotForMethod(method: ReminderMethod): boolean {
    const most = method === 'email' ? MAX_EMAILS_AT_ONCE : MAX_WEBHOOKS_AT_ONCE;
    return (this.methods.get(method) ?? 0) < most;
  }

  hasSlotFor({ method, userId, host }: Sending): boolean {
    return (
      this.hasSlotForMethod(method) &&
      (this.users.get(userId) ?? 0) < MAX_AT_ONCE_OF_USER &&
      (host === null || (this.hosts.get(host) ?? 0) < MAX_AT_ONCE_TO_HOST)
    );
  }
}

function increment<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function keysFrom<K>(counts: ReadonlyMap<K, number>, least: number): K[] {
  return [...counts].filter(([, count]) => count >= least).map(([key]) => key);
}
