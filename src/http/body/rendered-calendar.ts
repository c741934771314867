import type { FastifyReply } from 'fastify';

/** Makes iCalendar text the body of a response. The hook for tags takes the bytes as it takes a text. */
export function renderedCalendar(reply: FastifyReply, text: string | Buffer): Buffer {
  reply.type('text/calendar; charset=utf-8');
  return typeof text === 'string' ? Buffer.from(text) : text;
}
