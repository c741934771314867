import { createHmac } from 'node:crypto';
import type { KeptConnections } from './kept-connections.js';
import { postTo } from './public-request.js';

/** A call of a webhook. */
export interface WebhookCall {
  /** The same in each attempt, so that the receiver finds repeated calls. */
  readonly id: string;
  /** The time of this attempt: receivers refuse calls that are too old. */
  readonly sentAt: Date;
  readonly body: string;
  /** The keys that sign the call: after a rotation, the old and the new one. */
  readonly keys: readonly Buffer[];
  readonly timeoutMs: number;
  /** Also receivers at loopback, private and other addresses that are not of the public internet. */
  readonly allowPrivate: boolean;
  /** Connections that are used again; without them, each call has a connection of its own. */
  readonly connections?: KeptConnections;
}

/** The receiver of a webhook responded with a status other than 200 to 299. */
export class ReceiverRefusal extends Error {
  constructor(readonly statusCode: number) {
    super(`The receiver responded with ${statusCode}.`);
  }
}

/**
 * Calls a webhook at a URL that a client chose. The signature follows Standard Webhooks (https://www.standardwebhooks.com).
 * @returns the HTTP status, from 200 to 299 @throws {ReceiverRefusal} for any other status, also of a redirect
 */
export async function callWebhook(url: URL, call: WebhookCall): Promise<number> {
  const { id, sentAt, body, keys, timeoutMs, allowPrivate, connections } = call;
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  const content = `${id}.${timestamp}.${body}`;
  const statusCode = await postTo(url, {
    headers: {
      'content-type': 'application/json',
      'user-agent': 'calendar-backend',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': keys.map((key) => `v1,${signature(key, content)}`).join(' '),
    },
    body,
    timeoutMs,
    allowPrivate,
    connections,
  });
  if (statusCode < 200 || statusCode > 299) throw new ReceiverRefusal(statusCode);
  return statusCode;
}

function signature(key: Buffer, content: string): string {
  return createHmac('sha256', key).update(content).digest('base64');
}
