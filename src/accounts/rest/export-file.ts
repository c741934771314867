import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { MINUTE } from '../../calendar/time/civil-time.js';
import type { UserExport } from '../read/user-export.service.js';
import { exportDocument } from './export-document.js';

/**
 * Milliseconds from the first to the last byte of an export. A client that reads more slowly loses the connection. An
 * export of 100,000 events takes a tenth of this time.
 * @public `docs/limits.md` lists it.
 */
export const MAX_EXPORT_TIME_MS = 10 * MINUTE;

/** Bytes that wait for the client. */
const BUFFERED_BYTES = 64 * 1024;

/** The export as a file, which is written while the client reads. If the connection breaks, the service stops. */
export function exportFile(data: UserExport): StreamableFile {
  const stream = Readable.from(exportDocument(data), { objectMode: false, highWaterMark: BUFFERED_BYTES });
  const timer = setTimeout(
    () => stream.destroy(new Error('The client reads an export too slowly.')),
    MAX_EXPORT_TIME_MS,
  );
  timer.unref();
  // A stream that nothing has read does not end the generator.
  stream.once('close', () => {
    clearTimeout(timer);
    data.end();
  });
  return new StreamableFile(stream, {
    type: 'application/json; charset=utf-8',
    disposition: `attachment; filename="user-${data.user.user.id}.json"`,
  });
}
