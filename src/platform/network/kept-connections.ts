import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/** Milliseconds for which an unused connection stays open. Shorter than the default of common servers. */
const IDLE_MS = 4_000;

/** Unused connections to one host. */
const MAX_IDLE_OF_HOST = 16;

const OPTIONS = {
  keepAlive: true,
  maxFreeSockets: MAX_IDLE_OF_HOST,
  timeout: IDLE_MS,
  scheduling: 'lifo',
} as const;

/** Connections that several requests use, one after the other. */
export class KeptConnections {
  private readonly http = new HttpAgent(OPTIONS);
  private readonly https = new HttpsAgent(OPTIONS);

  agentFor({ protocol }: URL): HttpAgent {
    return protocol === 'https:' ? this.https : this.http;
  }

  /** Closes the unused connections, and those in use. */
  close(): void {
    this.http.destroy();
    this.https.destroy();
  }
}
