import type { FastifyReply } from 'fastify';
import { CALENDAR_TEXT_TYPE } from './calendar-body.js';

/** Makes iCalendar text the body of a response. The hook for tags takes the bytes as it takes a text. */
export function renderedCalendar(reply: FastifyReply, text: string | Buffer): Buffer {
  reply.type(CALENDAR_TEXT_TYPE);
  return typeof text === 'string' ? Buffer.from(text) : text;
}
