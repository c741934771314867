import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { blocksOf, runBlocks } from '../../support/documents/readme.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

let application: TestApplication;
let directory: string;

beforeAll(async () => {
  application = await startTestApplication();
  directory = await mkdtemp(join(tmpdir(), 'calendar-files-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
  await application.close();
});

test('the files of the README are imported, exported and published as it says', async () => {
  const client = new Client(application.url);
  expect(await createUsers(client, 1)).toEqual([1]);
  const [file = '', ...blocks] = await blocksOf('Import, export, subscribe', 'sh');
  const printed = await runBlocks([`cd '${directory}'\n${file}`, ...blocks], { API: application.url });
  expect(printed).toEqual([
    '',
    expect.stringContaining('"uid":"picnic@example.com","status":"created","event_id":1'),
    '',
    expect.stringContaining('"include_private":false'),
  ]);
  for (const name of ['user.ics', 'one-calendar.ics', 'event.ics'])
    expect(await readFile(join(directory, name), 'utf8')).toContain('SUMMARY:Picnic\r\n');
  const { url } = JSON.parse(printed[3] ?? '') as { url: string };
  expect((await client.send('GET', url)).body).toContain('SUMMARY:Picnic\r\n');
});
