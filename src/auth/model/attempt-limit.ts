import { SECOND } from '../../calendar/time/civil-time.js';

/** An account, an address, …, whose attempts the service counts. */
export interface AttemptSubject {
  /** The database stores its hash. */
  readonly subject: string;
  /**
   * Whether the attempts in all tenants have one count, as those of a network address do: a client can name any tenant.
   * Otherwise each tenant has a count of its own.
   */
  readonly inAllTenants?: boolean;
}

/** The most attempts that a subject may make in a period. */
export interface AttemptLimit extends AttemptSubject {
  readonly max: number;
}

/** The attempts of a subject in the current period. */
export interface AttemptCount {
  readonly subject: string;
  readonly attempts: number;
  /** When the period ends, and the next one begins at zero. */
  readonly resetsAt: Date;
}

/**
 * Whole seconds until no subject is beyond its limit any more; null: none is.
 * @param counts the counts of the subjects of `limits`, the present attempt included
 */
export function secondsToWait(
  limits: readonly AttemptLimit[],
  counts: readonly AttemptCount[],
  now: Date,
): number | null {
  const maxOf = new Map(limits.map(({ subject, max }) => [subject, max]));
  const exceeded = counts.filter(({ subject, attempts }) => attempts > (maxOf.get(subject) ?? 0));
  if (exceeded.length === 0) return null;
  const until = Math.max(...exceeded.map(({ resetsAt }) => resetsAt.getTime()));
  return Math.ceil((until - now.getTime()) / SECOND);
}
