import { SECOND } from '../../calendar/time/civil-time.js';
import type { EventStream, StreamMessage } from './event-stream.js';

/** Milliseconds between two signs of life. Proxies close connections that are silent for a minute. */
export const HEARTBEAT_INTERVAL_MS = 15 * SECOND;

/** The parts of an open stream that end with it. */
interface OpenParts {
  /** Whether the caller may still read. */
  readonly mayGoOn: () => Promise<boolean>;
  /** Called once when the stream has ended. */
  readonly ended: () => void;
}

/**
 * Keeps a stream open: sends signs of life, and ends the stream when the rights of its caller have ended. The check does
 * not wait for the client to read.
 */
export class OpenStream<Item> {
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly stream: EventStream<Item>,
    private readonly parts: OpenParts,
  ) {
    this.timer = setInterval(() => void this.check(), HEARTBEAT_INTERVAL_MS);
  }

  get messages(): AsyncGenerator<StreamMessage<Item>, void, undefined> {
    return this.stream.messages();
  }

  /** Ends the stream. A second call has no effect. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.timer);
    this.stream.end();
    this.parts.ended();
  }

  private async check(): Promise<void> {
    if (await this.parts.mayGoOn()) this.stream.beat();
    else this.close();
  }
}
