import { expect, test } from '@jest/globals';
import { blocksOf, runBlocks, withAddress } from '../../support/documents/readme.js';
import { startTestApplication } from '../../support/service/application.js';

test('the section of the README about working hours does with curl what it says', async () => {
  const application = await startTestApplication();
  try {
    const [variables = ''] = await blocksOf('A tour in five minutes', 'sh');
    const blocks = await blocksOf('Working hours and time away', 'sh');
    const printed = await runBlocks([withAddress(variables, application.url), ...blocks]);
    expect(printed).toHaveLength(2);
    for (const pattern of [
      /"name": "Nina"[^]*"reason": "Holidays"/,
      /"start": "2023-01-03T20:00:00Z",\n +"end": "2023-01-04T00:00:00Z"/,
      /"away"[^]*"date_override"[^]*"outside_working_hours"/,
      /"start": "2022-12-22T11:00:00Z",\n +"end": "2023-01-03T11:00:00Z",\n +"show_as": "out_of_office"/,
    ])
      expect(printed[1]).toMatch(pattern);
    expect(printed[1]).not.toMatch(/^ {2}"status": [45]\d\d,$/m);
  } finally {
    await application.close();
  }
});
