import { createHmac } from 'node:crypto';
import type { Instant } from '../../../calendar/time/civil-time.js';

/** An event, by its tenant and its id. */
export interface IdentifiedEvent {
  readonly tenantId: number;
  readonly eventId: number;
}

const IS_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The UID (RFC 5545 §3.8.4.7) of an event that no file has named: a UUID of version 8 (RFC 9562 §5.8). It has the tenant, the
 * event, and 56 bits of a keyed hash of them, and so no name of a host or a user (RFC 7986 §5.3). It never changes, and other
 * installations give other UIDs.
 * @param installationId the UUID of the installation, the key of the hash
 * @example derivedUid('9a1f…', { tenantId: 1, eventId: 7 }); // '00000001-0000-8000-8777-…'
 */
export function derivedUid(installationId: string, { tenantId, eventId }: IdentifiedEvent): string {
  const ids = hex32(tenantId) + hex32(eventId);
  return uuidOf(`${ids}${hashOf(installationId, `uid ${tenantId} ${eventId}`)}`);
}

/**
 * The UID of one time of an event in the calendar of a user, for readers who see the times alone. Two calendars with the same
 * event have different UIDs, so they do not reveal that two people meet; and so have two times of one series.
 */
export function redactedUid(
  installationId: string,
  { tenantId, eventId }: IdentifiedEvent,
  userId: number,
  originalStart: Instant,
): string {
  return uuidOf(hashOf(installationId, `busy ${tenantId} ${eventId} ${userId} ${originalStart}`));
}

/** The event whose `derivedUid` a text is, in any case of letters; null: it is none of this installation. */
export function eventOfUid(installationId: string, uid: string): IdentifiedEvent | null {
  const text = uid.toLowerCase();
  if (!IS_UUID.test(text)) return null;
  // Without the digits of the version and the variant.
  const digits = text.replaceAll('-', '');
  const payload = digits.slice(0, 12) + digits.slice(13, 16) + digits.slice(17);
  const tenantId = Number.parseInt(payload.slice(0, 8), 16);
  const eventId = Number.parseInt(payload.slice(8, 16), 16);
  const event = { tenantId, eventId };
  return derivedUid(installationId, event) === text ? event : null;
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}

function hashOf(installationId: string, text: string): string {
  return createHmac('sha256', installationId).update(text).digest('hex');
}

/** @param payload at least 30 hexadecimal digits */
function uuidOf(payload: string): string {
  const digits = `${payload.slice(0, 12)}8${payload.slice(12, 15)}8${payload.slice(15, 30)}`;
  return [0, 8, 12, 16, 20].map((from, index, all) => digits.slice(from, all[index + 1] ?? 32)).join('-');
}
