import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Idle connections to one receiver. */
const MAX_IDLE = 32;

/** Shorter than the time after which servers usually close an idle connection. */
const IDLE_MS = 4_000;

/**
 * Connections to receivers that stay open for the next request, for those that send many requests to few receivers. The
 * address of a receiver is checked when its connection is made. All requests must have the same `allowPrivate`.
 */
export class KeptConnections {
  private readonly http = new HttpAgent({ keepAlive: true, maxFreeSockets: MAX_IDLE, timeout: IDLE_MS });
  private readonly https = new HttpsAgent({ keepAlive: true, maxFreeSockets: MAX_IDLE, timeout: IDLE_MS });

  agentFor({ protocol }: URL): HttpAgent {
    return protocol === 'https:' ? this.https : this.http;
  }

  /** Closes all connections. */
  close(): void {
    this.http.destroy();
    this.https.destroy();
  }
}
