import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { blocksOf, runBlocks, withAddress } from '../../support/documents/readme.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** What the blocks of the section print, in their order. */
const ANSWERS: readonly RegExp[] = [
  /"title": "Anniversary"[^]*"status": 409[^]*"conflicts": \[\n[^]*"start": "2040-06-15T09:30:00Z"/,
  /"conflicts_checked_until": null,\n[^]*"skipped": \[\n +"2040-06-15T09:00:00Z"\n/,
  /"expires_at": "[^]*"open": true[^]*"busy": \[\n[^]*"start": "2031-01-06T10:00:00Z"/,
  /"title": "Interview"[^]*"start_date": "2031-01-06T10:00:00Z"[^]*"conflicts": \[\]/,
];

describe('the section of the README about scheduling', () => {
  let application: TestApplication;
  beforeAll(async () => {
    application = await startTestApplication();
  });
  afterAll(async () => application.close());

  test('does with curl what it says, also when it is run again', async () => {
    const [variables = '', people = ''] = await blocksOf('A tour in five minutes', 'sh');
    const blocks = await blocksOf('Scheduling', 'sh');
    for (const run of ['1', '2']) {
      const [, , ...printed] = await runBlocks([
        `${withAddress(variables, application.url)}RUN=$RUN-${run}\n`,
        people,
        ...blocks,
      ]);
      expect(printed).toHaveLength(ANSWERS.length);
      for (const [index, pattern] of ANSWERS.entries()) expect(printed[index]).toMatch(pattern);
      // The refusal of the series in the room.
      const refused = printed.join('').match(/^ {2}"status": [45]\d\d,$/gm);
      expect(refused).toEqual(['  "status": 409,']);
    }
  });
});
