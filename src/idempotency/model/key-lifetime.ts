/** Milliseconds in which a client may repeat a request: a client or its operator notices a failure within a day. */
const LIFETIME = 24 * 3600_000;

/** Keys of this moment or earlier have expired. */
export function expiryCutOff(now: Date): Date {
  return new Date(now.getTime() - LIFETIME);
}
