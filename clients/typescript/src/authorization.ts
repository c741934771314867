import { isProblem } from './problem.js';
import type { Send } from './retries.js';
import { unlessAborted } from './sleep.js';

/** The source of the access tokens of the requests. */
export interface Authorization {
  /** The token to send; null for none. */
  token(): Promise<string | null>;
  /** The token that replaces a refused token; null if there is none. */
  replacementOf(refused: string): Promise<string | null>;
}

/** A token of your own: a string, or a function that the client calls before each request. */
export type TokenSource = string | (() => string | Promise<string>);

export function givenToken(source: TokenSource): Authorization {
  const token = async (): Promise<string> => (typeof source === 'string' ? source : source());
  return {
    token,
    replacementOf: async (refused) => {
      const next = await token();
      return next === refused ? null : next;
    },
  };
}

/**
 * Sends each request with a token. If the service refuses the token, sends the request once more, with the token that
 * replaces it. Sends a request with an `Authorization` header of its own unchanged.
 */
export function withToken(send: Send, authorization: Authorization): Send {
  return async (request) => {
    if (request.headers.has('authorization')) return send(request);
    const token = await unlessAborted(authorization.token(), request.signal);
    if (token === null) return send(request);
    try {
      return await send(bearing(token, request));
    } catch (error) {
      if (!isProblem(error, 'invalid_token')) throw error;
      const next = await unlessAborted(authorization.replacementOf(token), request.signal);
      if (next === null) throw error;
      return send(bearing(next, request));
    }
  };
}

function bearing(token: string, request: Request): Request {
  const copy = request.clone();
  copy.headers.set('authorization', `Bearer ${token}`);
  return copy;
}
