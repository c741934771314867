import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FileUser } from '../support/client/calendar-files.js';
import { Client } from '../support/client/client.js';
import { primaryCalendarOf } from '../support/client/sharing.js';
import { describeWith } from '../support/programs/installed.js';
import { DAYS, FROM, PERIODS, richCalendar, TO, ZONE } from '../support/programs/rich-calendar.js';
import { comparable, listedOccurrences } from '../support/programs/seen-occurrences.js';
import { Thunderbird } from '../support/programs/thunderbird.js';
import { startTestApplication, type TestApplication } from '../support/service/application.js';

describeWith('thunderbird')('Thunderbird', () => {
  let application: TestApplication;
  let client: Client;
  let thunderbird: Thunderbird;
  let user: FileUser;

  beforeAll(async () => {
    application = await startTestApplication({ DEFAULT_VISIBILITY: 'public' });
    client = new Client(application.url);
    thunderbird = await Thunderbird.start(ZONE);
    user = await richCalendar(client);
  });
  afterAll(async () => {
    await thunderbird.stop();
    await application.close();
  });

  test('reads the occurrences and texts of an exported calendar', async () => {
    const listed = comparable(await listedOccurrences(client, user.id, FROM, TO));
    expect(listed.length).toBeGreaterThan(130);
    expect(comparable(await thunderbird.read(await user.export(), FROM, TO))).toEqual(listed);
  });

  test('reads the people and the alarms of an exported event', async () => {
    const occurrences = await thunderbird.read(await user.export(), FROM, TO);
    const meeting = occurrences.find(({ uid }) => uid === 'meeting@elsewhere.example');
    expect(meeting).toMatchObject({
      alarms: 1,
      attendees: [
        'mailto:zoe@elsewhere.example Smith, Zoë ACCEPTED',
        'mailto:yan@elsewhere.example Yan TENTATIVE',
      ],
    });
  });

  test('shows the same occurrences and texts of a feed', async () => {
    const calendarId = await primaryCalendarOf(user);
    const { body } = await client.create(`/calendars/${calendarId}/feeds`, { detail: 'full' });
    const seen = await thunderbird.subscribe(application.url + body.url, FROM, TO);
    expect(comparable(seen)).toEqual(comparable(await listedOccurrences(client, user.id, FROM, TO)));
  });

  async function readExport(file: string) {
    const other = await FileUser.of(client, { time_zone: ZONE });
    await other.importOne(file);
    return {
      seen: await thunderbird.read(await other.export(), FROM, TO),
      listed: await listedOccurrences(client, other.id, FROM, TO),
    };
  }

  test('ends a DURATION in days at the time of day at which the service ends it', async () => {
    const { seen, listed } = await readExport(DAYS);
    expect(comparable(seen)).toEqual(comparable(listed));
  });

  // It gives each period the length of the series.
  test('reads the starts of periods', async () => {
    const { seen, listed } = await readExport(PERIODS);
    expect(listed).toHaveLength(3);
    expect(seen.map(({ start }) => start)).toEqual(listed.map(({ start }) => start));
  });
});
