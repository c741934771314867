import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { installClient, type OtherProject } from '../../support/client/client-package.js';
import { blocksOf, runBlocks, withAddress } from '../../support/documents/readme.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const SECTION = 'Embed it in your product';
const COMMAND = 'npm run --silent api-key --';
const KEY = 'cal_the-key-of-the-readme-0123456789-0123456789';
const WEEK = { from: '2022-09-05T00:00:00Z', to: '2022-09-12T00:00:00Z' };

/** The responses to the blocks of shell, in order; each block prints the texts that its patterns find. */
const ANSWERS: readonly (readonly RegExp[])[] = [
  [/^The key is in the database \w+ at [\w.:]+\.\n$/],
  [/^\{\n[^]*"name": "backend"[^]*"key": "cal_/],
  [/"name": "Olga"/, /"external_id": "employee-7"/, /"metadata": \{\n +"team": "sales"\n/],
  [
    /"title": "Visit"[^]*"title": "Lunch"/,
    /"external_id": "case-42"/,
    /"metadata": \{\n +"case_id": "42"\n/,
    /"start_date": "2022-09-07T11:00:00Z"/,
  ],
  [/^\{\n[^]*"token_type": "Bearer"[^]*^\[\n[^]*"title": "Visit"[^]*"title": "Lunch"/m],
];

describe('the section of the README about embedding', () => {
  let application: TestApplication;
  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: 'required', BOOTSTRAP_API_KEY: KEY });
  });
  afterAll(async () => application.close());

  /** Runs the blocks as printed, in the shell of the tour, but with the command of the test's build. */
  async function run(): Promise<string[]> {
    const [variables = ''] = await blocksOf('A tour in five minutes', 'sh');
    const blocks = await blocksOf(SECTION, 'sh');
    const packageJson = JSON.parse(await readFile('package.json', 'utf8'));
    expect(blocks[0]).toContain(COMMAND);
    expect(packageJson.scripts['api-key']).toContain('node dist/scripts/api-key.js');
    const command = `${process.execPath} ${resolve('.test-build/scripts/api-key.js')}`;
    const printed = await runBlocks(
      [
        withAddress(variables, application.url),
        ...blocks.map((block) => block.replace(COMMAND, command)),
        'for value in "${BACKEND##* }" "$OLGA" "$TOKEN"; do echo "$value"; done\n',
      ],
      { DATABASE_URL: application.database.url },
    );
    return printed.slice(1);
  }

  test('does with curl what it says, and changes the same user and event when it is run again', async () => {
    const printed = [await run(), await run()];
    for (const blocks of printed) {
      expect(blocks).toHaveLength(ANSWERS.length + 1);
      for (const [index, patterns] of ANSWERS.entries())
        for (const pattern of patterns) expect(blocks[index]).toMatch(pattern);
      expect(blocks.join('')).not.toMatch(/^ {2}"status": [45]\d\d,$/m);
    }
    const [first = '', second = ''] = printed.map((blocks) => blocks.at(-1));
    expect(second.split('\n')[1]).toBe(first.split('\n')[1]);
  });

  test('gives the backend and the browser no more than they need', async () => {
    const [backend = '', olga = '', token = ''] = ((await run()).at(-1) ?? '').split('\n');
    const client = new Client(application.url);
    const refused = { status: 403, body: { code: 'scope_missing' } };
    expect(await client.with(backend).get('/api-keys')).toMatchObject(refused);
    expect(await client.with(token).patch(`/users/${Number(olga)}`, { name: 'O' })).toMatchObject(refused);
    const events = await client.with(token).get('/events?external_id=case-42');
    // The same PUT makes no new version.
    expect(events).toMatchObject({ status: 200, body: [{ title: 'Visit', version: 1 }] });
  });

  describe('with the TypeScript client', () => {
    let project: OtherProject;
    let code = '';
    beforeAll(async () => {
      project = await installClient();
      const [block = ''] = await blocksOf(SECTION, 'ts');
      code = withAddress(block, application.url);
    });
    afterAll(async () => project.remove());

    test('compiles, and does what it says', async () => {
      const compilerOptions = {
        module: 'nodenext',
        target: 'es2022',
        lib: ['ES2022'],
        types: ['node'],
        typeRoots: [resolve('node_modules/@types')],
        strict: true,
        outDir: 'built',
      };
      await project.write('main.ts', code);
      await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['main.ts'] }));
      await expect(project.node(resolve('node_modules/typescript7/bin/tsc'))).resolves.toBe('');

      await expect(project.node('built/main.js')).rejects.toThrow('Set CALENDAR_KEY');
      await project.write('.env', `CALENDAR_KEY=${KEY}\n`);
      await expect(project.node('--env-file=.env', 'built/main.js')).resolves.toBe(
        '2022-09-06T09:00:00Z Visit\n2022-09-07T11:00:00Z Lunch\n',
      );
      const backend = new Client(application.url).with(KEY);
      const { body: user } = await backend.send('GET', '/users/by-external-id/employee-8');
      expect(user).toMatchObject({ name: 'Pavel', metadata: { team: 'sales' } });
      const { id } = user as { id: number };
      const { body: events } = await backend.get(`/users/${id}/events?from=${WEEK.from}&to=${WEEK.to}`);
      expect(events).toMatchObject([
        { external_id: 'case-43', metadata: { case_id: '43' } },
        { external_id: null },
      ]);
    });
  });
});
