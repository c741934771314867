import { DAY } from '../../calendar/time/civil-time.js';

/** Milliseconds in which a client may repeat a request: a client or its operator notices a failure within a day. */
export const KEY_LIFETIME = DAY;

/** Keys of this moment or earlier have expired. */
export function expiryCutOff(now: Date): Date {
  return new Date(now.getTime() - KEY_LIFETIME);
}
