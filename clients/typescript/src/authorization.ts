import { isProblem } from './problem.js';
import type { Send } from './retries.js';
import type { ExchangedToken } from './schema.js';
import { unlessAborted } from './sleep.js';

/**
 * The time before its end at which the client replaces an access token, in milliseconds: a request may wait as long in
 * the service.
 */
export const REFRESH_AHEAD_MS = 60_000;

/** The source of the access tokens of the requests. */
export interface Authorization {
  /** The token to send; null for none. */
  token(): Promise<string | null>;
  /** The token that replaces a refused token; null if there is none. */
  replacementOf(refused: string): Promise<string | null>;
}

/** A token with its lifetime in seconds, such as the response to a token exchange. */
export type GivenToken = Pick<ExchangedToken, 'access_token' | 'expires_in'>;

/**
 * A token of your own: a string, or a function. If the function returns a string, the client calls it for each request.
 * If it returns a token with `expires_in`, the client keeps the token until a minute before its end, or until the
 * service refuses it. One call serves all waiting requests.
 */
export type TokenSource = string | (() => string | GivenToken | Promise<string | GivenToken>);

/** The authorization by a token of your own. */
export class GivenAuthorization implements Authorization {
  /** A token with a lifetime, to send until `staleAt`, in milliseconds since 1970. */
  private kept: { readonly text: string; readonly staleAt: number } | null = null;
  private latestCall: Promise<string | GivenToken> | null = null;

  constructor(private readonly source: TokenSource) {}

  async token(): Promise<string> {
    if (this.kept !== null && Date.now() < this.kept.staleAt) return this.kept.text;
    // A token without a lifetime, and a failure, may depend on the request. They serve no other request.
    const shared = this.latestCall && (await this.latestCall.catch(() => ''));
    const given = typeof shared === 'object' && shared !== null ? shared : await this.call();
    return typeof given === 'string' ? given : given.access_token;
  }

  async replacementOf(refused: string): Promise<string | null> {
    if (this.kept?.text === refused) this.kept = null;
    const next = await this.token();
    return next === refused ? null : next;
  }

  private async call(): Promise<string | GivenToken> {
    const calledAt = Date.now();
    const call = (async () => (typeof this.source === 'string' ? this.source : this.source()))();
    this.latestCall = call;
    try {
      const given = await call;
      if (typeof given !== 'string') this.keep(given, calledAt);
      return given;
    } finally {
      if (this.latestCall === call) this.latestCall = null;
    }
  }

  /** @throws {TypeError} for another object, such as the problem of a backend that has no token for the page */
  private keep({ access_token: text, expires_in: seconds }: GivenToken, now: number): void {
    if (typeof text !== 'string' || typeof seconds !== 'number')
      throw new TypeError('The token function must return a string, or an access_token and its expires_in.');
    const lifetime = seconds * 1000;
    // A token that lives for a minute serves half of it.
    this.kept = { text, staleAt: now + Math.max(lifetime - REFRESH_AHEAD_MS, lifetime / 2) };
  }
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
