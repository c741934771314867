import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { CALENDAR_TEXT_TYPE } from '../../http/body/calendar-body.js';
import { renderedCalendar } from '../../http/body/rendered-calendar.js';
import { isNotModified, tagOfDigest } from '../../http/caching/entity-tag.js';
import { pagesWithin } from '../../platform/context/pages-within.js';
import { type CompressedText, writtenText } from '../../platform/memory/written-text.js';
import { textOfDigest } from '../export/text-of-digest.js';
import { WAITING_FILES } from './waiting-files.js';

/**
 * Milliseconds from the first to the last byte of a large file. A client that reads more slowly loses the connection.
 * @public `docs/limits.md` lists it.
 */
export const MAX_FILE_TIME_MS = 10 * MINUTE;

/** Bytes that wait for the client. */
const BUFFERED_BYTES = 64 * 1024;

/**
 * The response with a file that comes part by part, and its entity tag. The service writes the file as a whole before it sends
 * the first byte, since the tag is the digest of the file. A large file waits compressed until the client has read it. A file
 * for which there is no memory is written again while the client reads it. If the events have changed by then, the connection
 * ends before the file does, so that no file has a wrong tag.
 * @param write begins to write the file
 */
export async function calendarResponse(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  write: () => Promise<AsyncGenerator<string, void, undefined>>,
): Promise<Buffer | StreamableFile | undefined> {
  const { digest, content } = await writtenText(await write(), WAITING_FILES.ofOne());
  if (Buffer.isBuffer(content)) return renderedCalendar(reply, content);
  const tag = tagOfDigest(digest);
  reply.header('etag', tag);
  const isKnown = isNotModified(headers['if-none-match'], tag);
  if (isKnown || method === 'HEAD') {
    if (content) WAITING_FILES.end(content);
    if (!isKnown) return new StreamableFile(Readable.from([]), { type: CALENDAR_TEXT_TYPE });
    reply.status(304);
    return undefined;
  }
  if (content) return streamedCalendar(content, () => WAITING_FILES.end(content));
  // The stream reads in the context of the socket, and the parts depend on that of the request.
  return streamedCalendar(pagesWithin(AsyncLocalStorage.snapshot(), textOfDigest(await write(), digest)));
}

/**
 * The response with a large file, which the service decompresses or writes while the client reads it.
 * @param onClose is called once, at the end of the response
 */
export function streamedCalendar(
  file: CompressedText | AsyncGenerator<string, void, undefined>,
  onClose?: () => void,
): StreamableFile {
  const stream =
    'read' in file
      ? file.read()
      : Readable.from(encoded(file), { objectMode: false, highWaterMark: BUFFERED_BYTES });
  const timer = setTimeout(
    () => stream.destroy(new Error('The client reads a calendar too slowly.')),
    MAX_FILE_TIME_MS,
  );
  timer.unref();
  stream.once('close', () => {
    clearTimeout(timer);
    onClose?.();
  });
  return new StreamableFile(stream, { type: CALENDAR_TEXT_TYPE });
}

async function* encoded(
  parts: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const part of parts) yield Buffer.from(part);
}
