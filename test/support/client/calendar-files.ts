import { randomUUID } from 'node:crypto';
import type { ImportResult } from '../../../clients/typescript/src/schema.js';
import { Client, type Refusal, type ServiceResponse } from './client.js';

const CALENDAR_TYPE = { 'content-type': 'text/calendar' } as const;

/** A VCALENDAR with these components, each a list of lines. */
export function calendarFile(...components: readonly (readonly string[])[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//tests//EN',
    ...components.flat(),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** The name of a property in its line. */
function nameOf(line: string): string | undefined {
  return /^[\w-]+/.exec(line)?.[0];
}

/** A VEVENT of an hour on 4 March 2126 at nine, UTC, with these lines; a line replaces that of its name. */
export function vevent(...lines: readonly string[]): string[] {
  const own = [
    'UID:one@example.com',
    'DTSTAMP:21260101T000000Z',
    'DTSTART:21260304T090000Z',
    'DTEND:21260304T100000Z',
    'SUMMARY:One',
  ];
  const named = new Set(lines.map(nameOf));
  const replaced = named.has('DURATION') ? own.filter((line) => nameOf(line) !== 'DTEND') : own;
  return ['BEGIN:VEVENT', ...replaced.filter((line) => !named.has(nameOf(line))), ...lines, 'END:VEVENT'];
}

/** A new user, who imports and exports files. */
export class FileUser {
  private constructor(
    readonly client: Client,
    readonly id: number,
    readonly email: string,
  ) {}

  static async of(client: Client, fields: object = {}): Promise<FileUser> {
    const email = `${randomUUID()}@example.com`;
    const { body } = await client.create('/users', { name: 'Ann', email, ...fields });
    return new FileUser(client, body.id, body.email);
  }

  /** Sends a file of any kind. */
  async send(
    file: string | Uint8Array,
    query = '',
    headers: Readonly<Record<string, string>> = CALENDAR_TYPE,
  ): Promise<ServiceResponse> {
    return this.client.sendBytes('POST', `/users/${this.id}/events:import${query}`, file, headers);
  }

  /** Imports a file. @throws {Error} if the service refuses it as a whole */
  async import(file: string | Uint8Array, query = ''): Promise<ImportResult[]> {
    const { status, body } = await this.send(file, query);
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return (body as { results: ImportResult[] }).results;
  }

  /** Imports a file with one object. */
  async importOne(file: string, query = ''): Promise<ImportResult> {
    const results = await this.import(file, query);
    if (results.length !== 1) throw new Error(`The file has ${results.length} objects.`);
    return results[0];
  }

  async refused(file: string | Uint8Array, query = ''): Promise<Refusal> {
    return (await this.send(file, query)) as Refusal;
  }

  /** The events of an import, in the order of the file. */
  async imported(...components: readonly (readonly string[])[]) {
    const results = await this.import(calendarFile(...components));
    return Promise.all(results.map(async ({ event_id: id }) => this.event(id)));
  }

  async event(id: number | null) {
    const { body } = await this.client.get(`/events/${id ?? 0}`);
    if (!('title' in body) || body.redacted) throw new Error(JSON.stringify(body));
    return body;
  }

  /** The user's own export, or that of another path. */
  async export(path = `/users/${this.id}/events.ics`): Promise<string> {
    const { status, body } = await this.client.send('GET', path, undefined, { accept: 'text/calendar' });
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body as unknown as string;
  }
}

/** The lines of a file, unfolded (RFC 5545 §3.1). */
export function linesOf(text: string): string[] {
  return text.replaceAll('\r\n ', '').trimEnd().split('\r\n');
}
