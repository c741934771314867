import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { CALENDAR_TEXT_TYPE } from '../../http/body/calendar-body.js';
import { renderedCalendar } from '../../http/body/rendered-calendar.js';
import { pagesWithin } from '../../platform/context/pages-within.js';

/**
 * Bytes. A smaller file is sent at once, with an `ETag`: some 10,000 events. A larger one is written while the client reads it.
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

/** The response with a file that comes part by part. */
export async function calendarResponse(
  reply: FastifyReply,
  parts: AsyncGenerator<string, void, undefined>,
): Promise<Buffer | StreamableFile> {
  const first: Buffer[] = [];
  let size = 0;
  while (size <= MAX_TAGGED_FILE_BYTES) {
    const { done, value } = await parts.next();
    if (done) return renderedCalendar(reply, Buffer.concat(first));
    const part = Buffer.from(value);
    first.push(part);
    size += part.length;
  }
  // The stream reads in the context of the socket, and the parts depend on that of the request.
  return streamedCalendar(first, pagesWithin(AsyncLocalStorage.snapshot(), parts));
}

/** The response with the parts of a large file, which the service writes while the client reads them. */
export function streamedCalendar(
  first: readonly Buffer[],
  rest: AsyncGenerator<string, void, undefined>,
): StreamableFile {
  const stream = Readable.from(chained(first, rest), { objectMode: false, highWaterMark: BUFFERED_BYTES });
  const timer = setTimeout(
    () => stream.destroy(new Error('The client reads a calendar too slowly.')),
    MAX_FILE_TIME_MS,
  );
  timer.unref();
  stream.once('close', () => clearTimeout(timer));
  return new StreamableFile(stream, { type: CALENDAR_TEXT_TYPE });
}

async function* chained(
  first: readonly Buffer[],
  rest: AsyncGenerator<string, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  yield* first;
  for await (const part of rest) yield Buffer.from(part);
}
