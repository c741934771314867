import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { SentStatements } from '../../support/service/sent-statements.js';

/** A file of events: each fifth is a series with a moved occurrence, and each seventh has a guest. */
const fileOf = (size: number, title: string) =>
  calendarFile(
    ...Array.from({ length: size }, (_, index) => [
      vevent(
        `UID:many-${index}`,
        `SUMMARY:${title} ${index}`,
        ...(index % 5 === 0 ? ['RRULE:FREQ=DAILY;COUNT=3'] : []),
        ...(index % 7 === 0
          ? ['ORGANIZER:mailto:boss@example.com', `ATTENDEE;CN=${title}:mailto:guest${index}@example.com`]
          : []),
      ),
      ...(index % 5 === 0
        ? [
            vevent(
              `UID:many-${index}`,
              'RECURRENCE-ID:21260305T090000Z',
              `SUMMARY:${title} ${index}, moved`,
              'DTSTART:21260305T110000Z',
              'DTEND:21260305T113000Z',
            ),
          ]
        : []),
    ]).flat(),
  );

describe('a file that replaces many events', () => {
  let application: TestApplication;
  let ann: FileUser;
  let statements: SentStatements;

  beforeAll(async () => {
    application = await startTestApplication();
    statements = new SentStatements(application);
  });
  beforeEach(async () => {
    ann = await FileUser.of(new Client(application.url));
  });
  afterAll(async () => application.close());

  test('writes them all, in a number of statements that does not depend on theirs', async () => {
    const counts: number[] = [];
    for (const size of [8, 40]) {
      await ann.import(fileOf(size, 'Before'));
      statements.take();
      const results = await ann.import(fileOf(size, 'After'));
      counts.push(statements.take().length);
      expect(results.map(({ status }) => status)).toEqual(Array.from({ length: size }, () => 'replaced'));
      expect((await ann.import(fileOf(size, 'After'))).every(({ status }) => status === 'unchanged')).toBe(
        true,
      );
      for (const [index, { event_id: id }] of results.entries())
        expect((await ann.event(id)).title).toBe(`After ${index}`);
    }
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBeLessThan(counts[0] + 20);
  });

  test('keeps the versions of events that are equal', async () => {
    const before = await ann.import(calendarFile(vevent('UID:a', 'SUMMARY:A'), vevent('UID:b', 'SUMMARY:B')));
    await ann.import(calendarFile(vevent('UID:a', 'SUMMARY:A'), vevent('UID:b', 'SUMMARY:C')));
    const versions = await Promise.all(before.map(async ({ event_id: id }) => (await ann.event(id)).version));
    expect(versions).toEqual([1, 2]);
  });

  test('moves an event to its new times', async () => {
    const [{ event_id: id }] = await ann.import(calendarFile(vevent('UID:a')));
    const moved = vevent('UID:a', 'DTSTART:21260401T090000Z', 'DTEND:21260401T093000Z');
    expect((await ann.import(calendarFile(moved)))[0].status).toBe('replaced');
    expect(await ann.event(id)).toMatchObject({ start_date: '2126-04-01T09:00:00Z', version: 2 });
  });

  test('replaces an event twice if two UIDs differ in case alone', async () => {
    const { body } = await ann.client.create('/events', {
      title: 'Mine',
      organizer_user_id: ann.id,
      start_date: '2126-03-04T09:00:00Z',
      duration: 3_600,
    });
    const uid = /UID:(.*)\r\n/.exec(await ann.export())?.[1] ?? '';
    const [lower, upper] = [uid, uid.toUpperCase()].map((one, index) =>
      vevent(`UID:${one}`, `SUMMARY:New ${index}`),
    );
    const results = await ann.import(calendarFile(lower, upper));
    expect(results.map((result) => result.event_id)).toEqual([body.id, body.id]);
    expect(await ann.event(body.id)).toMatchObject({ title: 'New 1', version: 3 });
  });
});
