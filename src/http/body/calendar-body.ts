import type { FastifyRequest } from 'fastify';
import { ProblemException } from '../problem/problem-exception.js';
import { CALENDAR_TYPE } from '../routing/accepted-type.js';

/** The media type of the files that the service writes. */
export const CALENDAR_TEXT_TYPE = `${CALENDAR_TYPE}; charset=utf-8`;

/** Bytes. Some 40,000 events of the size that programs write. */
export const IMPORT_BODY_LIMIT = 16 * 1024 * 1024;

/**
 * Checks the body of an import by the headers. The operation reads the body when it has checked the caller.
 * @throws {ProblemException} 415, for an encoded body; 413
 */
export function expectReadableFile({ headers }: Pick<FastifyRequest, 'headers'>): void {
  const { 'content-encoding': encoding, 'content-length': length = 0 } = headers;
  const isPlain = (encoding ?? 'identity').trim().toLowerCase() === 'identity';
  const detail = 'The body must not be compressed or otherwise encoded.';
  if (!isPlain) throw new ProblemException(415, 'unsupported_media_type', detail);
  if (Number(length) > IMPORT_BODY_LIMIT) throw fileTooLarge();
}

/** The refusal of a body above the limit. */
export function fileTooLarge(): ProblemException {
  const detail = `The body has more than ${IMPORT_BODY_LIMIT / 2 ** 20} MiB.`;
  return new ProblemException(413, 'body_too_large', detail);
}
