import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ContextVariable } from '../context/context-variable.js';

/** The request that the service is working for. */
export interface RequestContext {
  readonly id: string;
  /** Whether the client has closed the connection or got a time-out, so that the rest of the work has no use. */
  cancelled: boolean;
}

/** Carries the request to the work that is done for it. */
const requests = new ContextVariable<RequestContext>();

/** Characters. The ids of common proxies are shorter. */
export const MAX_REQUEST_ID_LENGTH = 128;

/** Ids of the service and of common proxies. Other characters could forge a line in a log that is read as text. */
const ACCEPTABLE = new RegExp(`^[\\w.:+/=-]{1,${MAX_REQUEST_ID_LENGTH}}$`);

/** The id that the client or a proxy has given the request, or a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
}

/** The request that is being served; null outside of one. */
export function currentRequest(): RequestContext | null {
  return requests.get() ?? null;
}

/** The id of the request that is being served; null outside of one. */
export function currentRequestId(): string | null {
  return currentRequest()?.id ?? null;
}

/** Runs `work`, and the asynchronous calls that it starts, for the request of this id. */
export function withRequestId(requestId: string, work: () => void): void {
  requests.run({ id: requestId, cancelled: false }, work);
}
