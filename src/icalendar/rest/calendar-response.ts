import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { CALENDAR_TEXT_TYPE } from '../../http/body/calendar-body.js';
import { renderedCalendar } from '../../http/body/rendered-calendar.js';
import { isNotModified, tagOfDigest } from '../../http/caching/entity-tag.js';
import { pagesWithin } from '../../platform/context/pages-within.js';

/**
 * Bytes. A smaller file is sent at once: some 10,000 events. A larger one is written once for its `ETag`, and again while the
 * client reads it.
 * @public `docs/limits.md` lists it.
 */
export const MAX_TAGGED_FILE_BYTES = 4 * 1024 * 1024;

/**
 * Milliseconds from the first to the last byte of a large file. A client that reads more slowly loses the connection.
 * @public `docs/limits.md` lists it.
 */
export const MAX_FILE_TIME_MS = 10 * MINUTE;

/** Bytes that wait for the client. */
const BUFFERED_BYTES = 64 * 1024;

/**
 * The response with a file that comes part by part, and its entity tag. A large file is written twice, first for its tag. If
 * the events have changed by the second time, the connection ends before the file does, so that no file has a wrong tag.
 * @param write begins to write the file
 */
export async function calendarResponse(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  write: () => Promise<AsyncGenerator<string, void, undefined>>,
): Promise<Buffer | StreamableFile | undefined> {
  const hash = createHash('sha256');
  let whole: Buffer[] | null = [];
  let size = 0;
  for await (const text of await write()) {
    const part = Buffer.from(text);
    hash.update(part);
    size += part.length;
    if (size > MAX_TAGGED_FILE_BYTES) whole = null;
    whole?.push(part);
  }
  if (whole) return renderedCalendar(reply, Buffer.concat(whole));
  const digest = hash.digest('hex');
  const tag = tagOfDigest(digest);
  reply.header('etag', tag);
  if (isNotModified(headers['if-none-match'], tag)) {
    reply.status(304);
    return undefined;
  }
  if (method === 'HEAD') return new StreamableFile(Readable.from([]), { type: CALENDAR_TEXT_TYPE });
  // The stream reads in the context of the socket, and the parts depend on that of the request.
  return streamedCalendar(pagesWithin(AsyncLocalStorage.snapshot(), checked(await write(), digest)));
}

/** The parts of a file. @throws {Error} after the last one, if they have another digest */
async function* checked(
  parts: AsyncGenerator<string, void, undefined>,
  digest: string,
): AsyncGenerator<string, void, undefined> {
  const hash = createHash('sha256');
  for await (const part of parts) {
    hash.update(part);
    yield part;
  }
  if (hash.digest('hex') !== digest) throw new Error('The events have changed while the file was written.');
}

/** The response with the parts of a large file, which the service writes while the client reads them. */
export function streamedCalendar(parts: AsyncGenerator<string, void, undefined>): StreamableFile {
  const stream = Readable.from(encoded(parts), { objectMode: false, highWaterMark: BUFFERED_BYTES });
  const timer = setTimeout(
    () => stream.destroy(new Error('The client reads a calendar too slowly.')),
    MAX_FILE_TIME_MS,
  );
  timer.unref();
  stream.once('close', () => clearTimeout(timer));
  return new StreamableFile(stream, { type: CALENDAR_TEXT_TYPE });
}

async function* encoded(
  parts: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const part of parts) yield Buffer.from(part);
}
