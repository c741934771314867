import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { FileUser } from '../support/client/calendar-files.js';
import { Client } from '../support/client/client.js';
import { describeWith } from '../support/programs/installed.js';
import { Khal } from '../support/programs/khal.js';
import { DAYS, FROM, NO_LENGTH, PERIODS, richCalendar, TO, ZONE } from '../support/programs/rich-calendar.js';
import { comparable, listedOccurrences, type SeenOccurrence } from '../support/programs/seen-occurrences.js';
import { startTestApplication, type TestApplication } from '../support/service/application.js';

function hasLength({ title }: SeenOccurrence): boolean {
  return title !== NO_LENGTH;
}

function startsOf(occurrences: readonly SeenOccurrence[]): string[] {
  return occurrences.map(({ start, title }) => `${start} ${title}`).toSorted();
}

describeWith('khal')('khal', () => {
  let application: TestApplication;
  let client: Client;
  let khal: Khal;

  beforeAll(async () => {
    application = await startTestApplication({ DEFAULT_VISIBILITY: 'public' });
    client = new Client(application.url);
  });
  beforeEach(async () => {
    khal = await Khal.create(ZONE);
  });
  afterEach(async () => khal.remove());
  afterAll(async () => application.close());

  test('reads the occurrences and texts of an exported calendar', async () => {
    const user = await richCalendar(client);
    expect(await khal.import(await user.export())).toBe('');
    const listed = await listedOccurrences(client, user.id, FROM, TO);
    const seen = khal.occurrences('2030-01-01', '2030-12-31');
    expect(listed.length).toBeGreaterThan(130);
    expect(comparable(seen.filter(hasLength))).toEqual(comparable(listed.filter(hasLength)));
    // It gives an event without an end an hour.
    expect(startsOf(seen)).toEqual(startsOf(listed));
  });

  // It counts 24 hours a day, also over a change of the clocks.
  test('reads the starts of a series with a DURATION in days', async () => {
    const user = await FileUser.of(client, { time_zone: ZONE });
    await user.importOne(DAYS);
    expect(await khal.import(await user.export())).toBe('');
    const listed = await listedOccurrences(client, user.id, FROM, TO);
    expect(listed).toHaveLength(4);
    expect(startsOf(khal.occurrences('2030-01-01', '2030-12-31'))).toEqual(startsOf(listed));
  });

  // It stops at the object, as docs/icalendar.md says.
  test('refuses periods by their name', async () => {
    const user = await FileUser.of(client, { time_zone: ZONE });
    await user.importOne(PERIODS);
    expect(await khal.import(await user.export())).toContain(
      '`RDATE;VALUE=PERIOD` is currently not supported',
    );
  });
});
