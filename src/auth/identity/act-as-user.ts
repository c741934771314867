import { ACT_AS_USER } from '../../access/access.decorator.js';
import { invalidInput } from '../../errors/domain-error.js';
import { MAX_ID } from '../../platform/values/max-id.js';

/** The headers of a request that identify its caller. */
export interface CallerHeaders {
  readonly authorization?: string;
  readonly 'act-as-user'?: string | string[];
}

/**
 * The user that an API key wants to act as; null: the request has no such header.
 * @throws {DomainError} invalid, naming the header
 */
export function actAsUserOf({ 'act-as-user': value }: CallerHeaders): number | null {
  if (value === undefined) return null;
  const id = typeof value === 'string' && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : 0;
  if (id < 1 || id > MAX_ID)
    throw invalidInput({ field: ACT_AS_USER, message: `must be an integer from 1 to ${MAX_ID}` });
  return id;
}
