import { keyOf } from './actor.js';
import type { RequestWithActor } from './request-with-actor.js';

/** The fields of a log line that name the caller: the user, the API key, or the key and the user that it acts as. */
export interface CallerFields {
  readonly user_id?: number;
  readonly api_key_id?: number;
  /** The public part of the key. */
  readonly api_key_prefix?: string;
}

export function callerFields({ actor }: RequestWithActor): CallerFields {
  if (!actor) return {};
  const key = keyOf(actor);
  return {
    ...(actor.kind === 'user' && { user_id: actor.userId }),
    ...(key && { api_key_id: key.id, api_key_prefix: key.prefix }),
  };
}
