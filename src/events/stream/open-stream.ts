import { SECOND } from '../../calendar/time/civil-time.js';
import type { EventStream, StreamMessage } from './event-stream.js';

/**
 * Milliseconds between two signs of life. Proxies close connections that are silent for a minute, and a caller whose rights
 * have ended reads on for no longer than this.
 */
export const HEARTBEAT_INTERVAL_MS = 15 * SECOND;

/**
 * Keeps a stream open: sends signs of life, and ends the stream when the rights of its caller have ended. The check does not
 * wait for the client to read.
 */
export class OpenStream<Item> {
  private readonly timer: NodeJS.Timeout;
  private readonly closings: (() => void)[] = [];
  private closed = false;

  /** @param mayGoOn whether the caller may still read */
  constructor(
    private readonly stream: EventStream<Item>,
    private readonly mayGoOn: () => Promise<boolean>,
  ) {
    this.timer = setInterval(() => void this.check(), HEARTBEAT_INTERVAL_MS);
  }

  get messages(): AsyncGenerator<StreamMessage<Item>, void, undefined> {
    return this.stream.messages();
  }

  /** Calls `closed` once when the stream ends. */
  onClose(closed: () => void): void {
    this.closings.push(closed);
  }

  /** Ends the stream. A second call has no effect. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.timer);
    this.stream.end();
    for (const closed of this.closings) closed();
  }

  private async check(): Promise<void> {
    if (await this.mayGoOn()) this.stream.beat();
    else this.close();
  }
}
