import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Carries the id of a request to whatever is done for it. */
const requestIds = new AsyncLocalStorage<string>();

/** Ids of ours and of the proxies before us; anything else could forge a line of a log that is read as text. */
const ACCEPTABLE = /^[\w.:+/=-]{1,128}$/;

/** The id that the client or a proxy has given the request, or a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
}

/** The id of the request that is being served; null outside of one. */
export function currentRequestId(): string | null {
  return requestIds.getStore() ?? null;
}

/** Runs `work`, and what it starts, for the request of this id. */
export function withRequestId(requestId: string, work: () => void): void {
  requestIds.run(requestId, work);
}
