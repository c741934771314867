import { ConnectionError, isProblem, ProblemError } from './problem.js';
import { sleep } from './sleep.js';

/** Sends a request. @throws {ProblemError} for a response that is not a success @throws {ConnectionError} */
export type Send = (request: Request) => Promise<Response>;

export interface RetryOptions {
  /** The maximum number of attempts; 1 switches retries off. The default is 5. */
  readonly attempts?: number;
  /**
   * The maximum wait of one call, over all its retries, in milliseconds. The default is 60,000, because the service
   * counts requests by the minute. If `Retry-After` is longer than the remaining time, the call throws at once.
   */
  readonly maxWaitMs?: number;
}

const DEFAULTS: Required<RetryOptions> = { attempts: 5, maxWaitMs: 60_000 };

/** Milliseconds before the first retry if the response has no `Retry-After`. Each further retry doubles them. */
const FIRST_WAIT_MS = 500;

/** The maximum random addition to a wait, in milliseconds, so that many clients do not come back at one moment. */
const MAX_JITTER_MS = 500;

/**
 * Sends a request again if the service could not serve it: after a 503, after a 429 with `Retry-After`, and after a
 * failed connection. A 429 without `Retry-After` is a quota that no wait frees.
 */
export function withRetries(fetch: Send, options: RetryOptions = {}): Send {
  const { attempts: maxAttempts, maxWaitMs } = { ...DEFAULTS, ...options };
  return async (request) => {
    let waited = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attempted(fetch, request, attempt);
      } catch (error) {
        const wait = Math.max(waitOf(error, request), FIRST_WAIT_MS * 2 ** (attempt - 1));
        if (attempt >= maxAttempts || waited + wait > maxWaitMs) throw error;
        waited += wait;
        await sleep(wait + Math.random() * Math.min(wait, MAX_JITTER_MS), request.signal);
      }
    }
  };
}

async function attempted(fetch: Send, request: Request, attempts: number): Promise<Response> {
  const response = await received(fetch, request, attempts);
  if (response.ok || response.status === 304) return response;
  throw new ProblemError(response, await response.text(), attempts);
}

/** A response with its whole body. The body of the request stays unread, so that the request can be sent again. */
async function received(fetch: Send, request: Request, attempts: number): Promise<Response> {
  try {
    const response = await fetch(request.clone());
    await response.clone().arrayBuffer();
    return response;
  } catch (error) {
    throw request.signal.aborted ? request.signal.reason : new ConnectionError(request, attempts, error);
  }
}

/** Milliseconds to wait before a repeat; infinite if a repeat cannot succeed or could take effect twice. */
function waitOf(error: unknown, request: Request): number {
  if (error instanceof ConnectionError) return isRepeatable(request) ? 0 : Infinity;
  if (!isProblem(error)) return Infinity;
  const named = error.retryAfter === null ? null : error.retryAfter * 1000;
  if (error.status === 503) return named ?? 0;
  if (error.status === 429) return named ?? Infinity;
  // The first attempt, whose connection failed, is still in progress.
  return error.code === 'idempotency_key_in_use' ? 0 : Infinity;
}

/**
 * Whether a request may be sent again although an earlier attempt may have succeeded. A PATCH may not: with `If-Match`
 * the repeat is a 412, and with `scope=following` it changes another event.
 */
function isRepeatable({ method, url, headers }: Request): boolean {
  if (method === 'POST') return headers.has('idempotency-key') || issuesTokens(url);
  return method !== 'PATCH';
}

/**
 * Whether a request is a login or a token exchange. Such a request has no Idempotency-Key: the service stores no tokens,
 * so it answers a repeat under a key with 409. A repeat without a key only yields one more token.
 */
export function issuesTokens(url: string): boolean {
  return /\/auth\/(?:login|token-exchange)$/.test(new URL(url).pathname);
}
