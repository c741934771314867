import { DomainError } from '../../errors/domain-error.js';
import { codePointsOf, textFault } from './text-fault.js';

/**
 * Unicode code points, as PostgreSQL counts them: the most of an id that a product gives to an object of its own. It is
 * unique in the tenant.
 */
export const MAX_EXTERNAL_ID_LENGTH = 255;

/** Segments of a path that clients and proxies remove, also encoded (RFC 3986, 5.2.4; WHATWG URL). */
const DOT_SEGMENTS: ReadonlySet<unknown> = new Set(['.', '..']);

/** The fault of an external id; null: it has none. No path can end with `.` or `..`, so they are none. */
export function externalIdFault(value: unknown): string | null {
  if (DOT_SEGMENTS.has(value)) return 'must not be `.` or `..`, which clients and proxies remove from paths';
  return textFault(value, 1, MAX_EXTERNAL_ID_LENGTH, codePointsOf);
}

/** The code of the refusal below. */
export const EXTERNAL_ID_TAKEN = 'external_id_taken';

/** What a product gives an external id. */
export type ExternalObject = 'event' | 'user' | 'room' | 'calendar';

/** The refusal of an external id that another object of this kind has in the tenant. */
export function externalIdTaken(object: ExternalObject): DomainError {
  const message = `belongs to another ${object}`;
  return new DomainError('conflict', EXTERNAL_ID_TAKEN, `\`externalId\` ${message}.`, [
    { field: 'externalId', message },
  ]);
}
