import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';
import { ProblemException } from '../problem/problem-exception.js';
import { fileTooLarge, IMPORT_BODY_LIMIT } from './calendar-body.js';

/**
 * The body of an import, as it arrives. After a refusal the connection ends, since the client may send more.
 * @throws {ProblemException} 413; 400, if the body does not arrive as a whole
 */
export async function receivedFile(stream: IncomingMessage, reply: FastifyReply): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    // The socket stays open for the response.
    for await (const part of stream.iterator({ destroyOnReturn: false })) {
      size += part.length;
      if (size > IMPORT_BODY_LIMIT) throw fileTooLarge();
      parts.push(part);
    }
  } catch (error) {
    reply.header('connection', 'close');
    if (error instanceof ProblemException) throw error;
    throw new ProblemException(400, 'invalid_input', 'The body did not arrive as a whole.');
  }
  return Buffer.concat(parts, size);
}
