import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LineOutput } from '../../../src/platform/logging/standard-output.js';
import { eventually } from '../../support/database/data-directory.js';
import { blocksOf, runBlocks, withAddress } from '../../support/documents/readme.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** The responses to the blocks of the tour, in order; each block prints the text that its pattern finds. */
const ANSWERS: readonly (readonly RegExp[])[] = [
  [],
  [/"name": "Ivan"/, /"name": "Masha"[^]*"time_zone": "Europe\/Moscow"/],
  [
    /"title": "Planning"[^]*"start_date": "2022-09-06T14:16:47Z"[^]*"rrule": "[^"]*FREQ=WEEKLY;BYDAY=MO,TU,WE"/,
  ],
  [/"status": "accepted"/],
  [
    /"occurrences": \[[^]*"2022-09-06T14:16:47Z"[^]*"2022-09-07T14:16:47Z"/,
    /"start": "2022-09-07T07:00:00Z",\n +"end": "2022-09-07T08:00:00Z"/,
  ],
  [
    /"relaxations": \[\n +\{\n +"user_id": \d+,\n +"rule": "outside_working_hours",\n +"start": "2022-09-06T15:56:47Z",[^{}]*\}\n +\]/,
  ],
  [/^\{\n {2}"start": "2022-09-07T13:00:00Z"[^]*"suggestions": \[[^]*"2022-09-07T12:30:00Z"/],
  [/"start_date": "2022-09-07T07:00:00Z",[^]*"occurrences": 4,\n +"misses": \[\]/],
  [
    /"start": "2022-09-07T12:00:00Z"[^]*"title": "Planning, earlier"/,
    /"location": "Room 5"/,
    /\n\]\n\[\n[^]*"original_start": "2022-09-12T14:16:47Z"[^]*"original_start": "2022-09-13T14:16:47Z"/,
  ],
  [/"status": 400[^]*"field": "start_date"/, /"field": "duration"/],
  [/"name": "Ann"/, /"name": "Eve"/],
  [/"location": "Elm Street 4"[^]*"location": "Elm Street 4"/],
  [
    /^\{\n {2}"redacted": true,\n {2}"id": \d+,\n {2}"visibility": "private",\n {2}"start_date": "2022-09-06T09:00:00Z"/,
  ],
  [/"start": "2022-09-06T09:00:00Z",\n +"end": "2022-09-06T10:00:00Z"/, /"status": 403[^]*"status": 401/],
  [/"minutes_before": 10/, /"title": "Stand-up"/],
];

/** The blocks that show refusals. */
const REFUSALS: Readonly<Record<number, readonly string[]>> = { 9: ['400'], 13: ['403', '401'] };

const lines: string[] = [];
const output: LineOutput = { write: (written) => lines.push(...written) };
let application: TestApplication;

beforeAll(async () => {
  application = await startTestApplication({ AUTH_MODE: 'optional' }, undefined, output);
});
afterAll(async () => application.close());

/** Runs the tour as printed, against the service of the test. @returns the output of each block */
async function run(number: number): Promise<string[]> {
  const [variables = '', ...blocks] = await blocksOf('A tour in five minutes', 'sh');
  // Two runs of a test may begin in the same second.
  const prepared = withAddress(variables, application.url).replace('date +%s', `echo ${number}`);
  return runBlocks([prepared, ...blocks]);
}

test.each([1, 2])('the tour of the README does what it says, run %d on the same data', async (number) => {
  const printed = await run(number);
  expect(printed).toHaveLength(ANSWERS.length);
  for (const [index, patterns] of ANSWERS.entries()) {
    for (const pattern of patterns) expect(printed[index]).toMatch(pattern);
    expect(printed[index]).toMatch(/^$|\n$/);
    const refused = [...(printed[index] ?? '').matchAll(/^ {2}"status": ([45]\d\d),$/gm)].map(
      ([, status]) => status,
    );
    expect(refused).toEqual(REFUSALS[index] ?? []);
  }
  await eventually(async () => lines.filter((line) => line.includes('"msg":"reminder"')).length === number);
});
