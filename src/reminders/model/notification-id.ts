import { createHash } from 'node:crypto';
import { type ReminderKey, reminderKeyText } from './reminder-key.js';

/** A random constant. A change of it would change the identity of every notification. */
const NAMESPACE = Buffer.from('5f0c1f2d7a864f0b9c3e6d8b21a94e57', 'hex');

/** The identity of a notification: a UUID (RFC 9562, version 5) of its key, the same in every attempt. */
export function notificationIdOf(key: ReminderKey): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(reminderKeyText(key)).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
