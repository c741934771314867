import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Client } from 'pg';
import { plainClient } from '../../database/connection/plain-client.js';

/** Milliseconds. A lost connection is replaced after this time. Until then, polling finds the changes. */
const RECONNECTION_PAUSE_MS = 2_000;

/**
 * A connection that waits for notifications of PostgreSQL, from `open` until `close`. Connections of the pool cannot:
 * they serve one transaction at a time.
 */
export class NoticeConnection {
  private readonly logger = new Logger(NoticeConnection.name);
  private readonly closing = new AbortController();
  private client: Client | null = null;
  private running: Promise<void> | null = null;

  /** @param channel a plain name */
  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly notified: () => void,
  ) {}

  open(): void {
    this.running ??= this.keepOpen();
  }

  async close(): Promise<void> {
    this.closing.abort();
    void this.client?.end().catch(() => undefined);
    await this.running;
  }

  private async keepOpen(): Promise<void> {
    const { signal } = this.closing;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.listenUntilLost(signal);
      } catch (error) {
        // The first failure of a series is worth a line, and the database's own checks report the rest.
        if (failures === 0 && !signal.aborted) {
          this.logger.warn(
            `The connection for notices of changes failed (${String(error)}). Polling goes on.`,
          );
        }
      }
      await sleep(RECONNECTION_PAUSE_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private async listenUntilLost(signal: AbortSignal): Promise<void> {
    const client = plainClient(this.url, null);
    this.client = client;
    try {
      await client.connect();
      if (signal.aborted) return;
      const lost = new Promise<void>((resolve) => {
        client.once('error', () => resolve());
        client.once('end', () => resolve());
      });
      client.on('notification', this.notified);
      await client.query(`LISTEN "${this.channel}"`);
      // Changes from before the LISTEN sent their notices to nobody.
      this.notified();
      await lost;
    } finally {
      this.client = null;
      await client.end().catch(() => undefined);
    }
  }
}
