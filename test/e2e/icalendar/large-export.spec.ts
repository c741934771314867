import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

let application: TestApplication;
let client: Client;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
});
afterAll(async () => application.close());

function tagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
}

describe('a large calendar', () => {
  test('comes as a stream, with a tag that changes with it', async () => {
    const ann = await FileUser.of(client);
    const events = Array.from({ length: 3_000 }, (_, index) =>
      vevent(`UID:${index}`, `DESCRIPTION:${'x'.repeat(1_500)}`),
    );
    expect(await ann.import(calendarFile(...events))).toHaveLength(3_000);
    const path = `/users/${ann.id}/events.ics`;
    const { status, headers, body } = await client.send('GET', path);
    const text = body as unknown as string;
    const tag = headers.get('etag') ?? '';
    expect([status, tag, headers.get('content-type')]).toEqual([
      200,
      tagOf(text),
      'text/calendar; charset=utf-8',
    ]);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3_000);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    const head = await fetch(application.url + path, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), head.headers.get('content-length')]).toEqual([
      200,
      tag,
      null,
    ]);
    const known = { 'if-none-match': tag };
    for (const method of ['GET', 'HEAD'])
      expect((await fetch(application.url + path, { method, headers: known })).status).toBe(304);
    await ann.import(calendarFile(vevent('UID:7', 'SUMMARY:New')));
    const changed = await fetch(application.url + path, { method: 'HEAD', headers: known });
    expect([changed.status, changed.headers.get('etag') === tag]).toEqual([200, false]);
  }, 60_000);

  test('is whole and has the right tag, also if the events change while a slow client reads it', async () => {
    const ann = await FileUser.of(client);
    // More than the buffers of the connection hold.
    for (const part of ['a', 'b']) {
      const events = Array.from({ length: 3_000 }, (_, index) =>
        vevent(`UID:${part}${index}`, `DESCRIPTION:${'x'.repeat(5_000)}`),
      );
      expect(await ann.import(calendarFile(...events))).toHaveLength(3_000);
    }
    const response = await fetch(`${application.url}/users/${ann.id}/events.ics`);
    await ann.import(calendarFile(vevent('UID:b2999', 'SUMMARY:New')));
    const text = await response.text();
    expect(response.headers.get('etag')).toBe(tagOf(text));
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text).not.toContain('SUMMARY:New');
    const next = await fetch(`${application.url}/users/${ann.id}/events.ics`);
    expect(await next.text()).toContain('SUMMARY:New');
  }, 120_000);
});
