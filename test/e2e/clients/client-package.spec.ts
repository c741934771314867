import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LineOutput } from '../../../src/platform/logging/standard-output.js';
import { CLIENT, installClient, type OtherProject, readTour } from '../../support/client/client-package.js';
import { eventually } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** Lines that a compiler must refuse: a line without an error is an error. */
const MISUSE = `
import { createClient, isProblem } from 'calendar-client';

const calendar = createClient({ baseUrl: 'http://127.0.0.1:3000' });
// @ts-expect-error The API has no such path.
await calendar.GET('/nowhere');
// @ts-expect-error The body is missing.
await calendar.POST('/users');
// @ts-expect-error The body has no name.
await calendar.POST('/users', { body: { email: 'ann@example.com' } });
// @ts-expect-error The id is a number.
await calendar.GET('/users/{user_id}', { params: { path: { user_id: 'ann' } } });
// @ts-expect-error The response is no list of pages.
calendar.list('/free-busy', { params: { query: { from: '', to: '', user_ids: [1] } } });
// @ts-expect-error A token of one's own is no login.
createClient({ baseUrl: '', token: 'x', login: { email: '', password: '' } });
// @ts-expect-error Only an API key acts as a user.
createClient({ baseUrl: '', login: { email: '', password: '' }, actAsUser: 1 });
// @ts-expect-error A token with a lifetime has its seconds.
createClient({ baseUrl: '', token: async () => ({ access_token: 'x' }) });

const { data: user } = await calendar.GET('/users/{user_id}', {
  params: { path: { user_id: 1 }, header: { 'If-None-Match': '"1"' } },
});
// @ts-expect-error A response 304 has no data.
user.id;
const { data: found } = await calendar.GET('/users', { params: { query: { email: 'ann@example.com' } } });
export const ids: number[] = found.map(({ id }) => id);
export function isTaken(error: unknown): 'time_taken' | 'email_taken' | null {
  return isProblem(error, 'time_taken', 'email_taken') ? error.code : null;
}
`;

describe('the package of the TypeScript client', () => {
  let project: OtherProject;
  beforeAll(async () => {
    project = await installClient();
  });
  afterAll(async () => project.remove());

  test('has the version and the license of the service, and no file that is not built', async () => {
    const packages = [`${project.folder}/node_modules/calendar-client`, '.', CLIENT];
    const [installed, service, source] = await Promise.all(
      packages.map(async (folder) => JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))),
    );
    expect([installed.version, source.version]).toEqual([service.version, service.version]);
    expect(installed.license).toBe(service.license);
    const license = await readFile(`${packages[0]}/LICENSE`, 'utf8');
    expect(license).toBe(await readFile('LICENSE', 'utf8'));
    await expect(readFile(`${packages[0]}/src/index.ts`)).rejects.toThrow('ENOENT');
  });

  describe('in a project of its own', () => {
    const lines: string[] = [];
    const output: LineOutput = { write: (written) => lines.push(...written) };
    let application: TestApplication;
    beforeAll(async () => {
      application = await startTestApplication({ AUTH_MODE: 'optional' }, undefined, output);
    });
    afterAll(async () => application.close());

    test.each(['first', 'second'])('runs the tour of its README, the %s time', async () => {
      const { code, printed } = await readTour();
      expect(code).toContain("'http://127.0.0.1:3000'");
      lines.length = 0;
      await project.write('main.mjs', code.replace('http://127.0.0.1:3000', application.url));
      await expect(project.node('main.mjs')).resolves.toBe(printed);
      await eventually(async () => lines.length > 0);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'reminder', minutes_before: 10 });
    });
  });

  const nodenext = { module: 'nodenext', moduleResolution: 'nodenext' };
  const bundler = { module: 'esnext', moduleResolution: 'bundler' };
  const dom = { lib: ['ES2022', 'DOM'], types: [] };
  const node = { lib: ['ES2022'], types: ['node'], typeRoots: [resolve('node_modules/@types')] };

  test.each([
    { compiler: 'typescript', ...nodenext, ...dom },
    { compiler: 'typescript7', ...nodenext, ...dom },
    { compiler: 'typescript7', ...nodenext, ...node },
    { compiler: 'typescript7', ...bundler, ...dom },
    { compiler: 'typescript7', ...bundler, ...node },
  ])(
    'type-checks with $compiler, moduleResolution $moduleResolution and the types of $lib $types',
    async ({ compiler, ...options }) => {
      const { code } = await readTour();
      await project.write('main.ts', code);
      await project.write('misuse.ts', MISUSE);
      const compilerOptions = {
        ...options,
        target: 'es2022',
        strict: true,
        skipLibCheck: false,
        noEmit: true,
      };
      await project.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts'] }));
      await expect(project.node(resolve('node_modules', compiler, 'bin/tsc'))).resolves.toBe('');
    },
  );
});
