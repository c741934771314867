import { type Client, nextPage, type ServiceResponse } from '../client/client.js';
import { headersOf } from '../client/file-type.js';
import type { DocumentedRequest } from './operations.js';

/** A request and the answer to it. */
export interface Exchange {
  readonly request: DocumentedRequest;
  readonly answer: ServiceResponse;
}

/** Makes the request, and those for the pages that follow. */
export async function exchange(client: Client, request: DocumentedRequest): Promise<Exchange[]> {
  const answer = await client.send(request.method, request.path, request.body, headersOf(request.body));
  const next = nextPage(answer);
  const rest = next === undefined ? [] : await exchange(client, { ...request, path: next });
  return [{ request, answer }, ...rest];
}

/** All that an answer tells. */
export function textOf({ answer }: Exchange): string {
  return JSON.stringify([[...answer.headers], answer.body]);
}
