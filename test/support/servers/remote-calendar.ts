import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { endServer, listenOnLoopback } from './loopback.js';

type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** A request as the calendar got it. */
export interface ReceivedFetch {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A calendar elsewhere, which responds to each request as the test sets it. */
export class RemoteCalendar {
  readonly received: ReceivedFetch[] = [];
  private respond: Respond = (response) => response.writeHead(404).end();
  private readonly server = createServer((request, response) => {
    this.received.push({ path: request.url ?? '', headers: request.headers });
    this.respond(response, request);
  });

  /** @returns the origin */
  async start(): Promise<string> {
    return `http://127.0.0.1:${await listenOnLoopback(this.server)}`;
  }

  async stop(): Promise<void> {
    await endServer(this.server);
  }

  /** Responds in any way. */
  responds(respond: Respond): void {
    this.respond = respond;
  }

  /** Responds with a file, and with a 304 to a client that has its tag. @param tag null: the response has no tag */
  has(file: string | Buffer, tag: string | null = null): void {
    this.responds((response, { headers }) => {
      const isKnown = tag !== null && headers['if-none-match'] === tag;
      const named = { 'content-type': 'text/calendar', ...(tag !== null && { etag: tag }) };
      if (isKnown) response.writeHead(304).end();
      else response.writeHead(200, named).end(file);
    });
  }
}

/** A VCALENDAR with these lines. */
export function calendarOf(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//elsewhere//EN', ...lines, 'END:VCALENDAR', ''].join(
    '\r\n',
  );
}

/** The lines of a VEVENT of an hour. */
export function eventOf(uid: string, summary: string, start: string, ...more: readonly string[]): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'DTSTAMP:20260101T000000Z',
    `DTSTART:${start}`,
    'DURATION:PT1H',
    `SUMMARY:${summary}`,
    ...more,
    'END:VEVENT',
  ];
}
