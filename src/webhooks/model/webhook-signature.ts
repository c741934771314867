import { createHmac } from 'node:crypto';
import { SECOND } from '../../calendar/time/civil-time.js';
import { keyOfSecret } from './webhook-secret.js';

/**
 * The headers of one attempt, as Standard Webhooks defines them (https://www.standardwebhooks.com). The id is the same for
 * each attempt of a delivery. Each attempt is signed anew, since receivers refuse an old timestamp.
 * @param secrets each of them signs, the present one first
 */
export function signedHeaders(
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / SECOND));
  const signatures = secrets.map((secret) => {
    const digest = createHmac('sha256', keyOfSecret(secret)).update(`${id}.${timestamp}.${body}`);
    return `v1,${digest.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
