import { Readable } from 'node:stream';
import { SECOND } from '../../../calendar/time/civil-time.js';
import type { StreamMessage } from '../../stream/event-stream.js';
import type { OpenStream } from '../../stream/open-stream.js';

/** Bytes that wait for the client. More changes wait in the log. */
const BUFFERED_BYTES = 64 * 1024;

/** Milliseconds that a client has to take the rest of a stream that has ended. */
const LAST_BYTES_MS = 5 * SECOND;

/**
 * The stream as Server-Sent Events (HTML Living Standard, 9.2). A sign of life is a comment. If the client closes the
 * connection, the stream ends.
 */
export function streamBody<Item>(stream: OpenStream<Item>, dataOf: (item: Item) => object): Readable {
  const { messages } = stream;
  const next = async (): Promise<string | null> => {
    const { done, value } = await messages.next();
    return done ? null : blockOf(value, dataOf);
  };
  // `Readable.from` would not notice that the client has gone while it waits for a message.
  const body = new Readable({
    highWaterMark: BUFFERED_BYTES,
    read: () => {
      next().then(
        (block) => body.push(block),
        (error: unknown) => body.destroy(error as Error),
      );
    },
    destroy: (error, callback) => {
      stream.close();
      callback(error);
    },
  });
  stream.onClose(() => {
    const timer = setTimeout(() => body.destroy(), LAST_BYTES_MS);
    body.once('close', () => clearTimeout(timer));
  });
  return body;
}

/** The id of a comment is the place from which a client continues that has received no change yet. */
function blockOf<Item>({ token, item }: StreamMessage<Item>, dataOf: (item: Item) => object): string {
  if (item === null) return `: alive\nid: ${token}\n\n`;
  return `id: ${token}\nevent: change\ndata: ${JSON.stringify(dataOf(item))}\n\n`;
}
