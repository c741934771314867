import { readFile } from 'node:fs/promises';
import { createContext, SourceTextModule } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CLIENT, installClient, type OtherProject, readTour } from '../support/client/client-package.js';
import { startTestApplication, type TestApplication } from '../support/service/application.js';

/** The globals of a browser that the client needs. Node.js has the same globals by the same names. */
const BROWSER = {
  AbortController,
  AbortSignal,
  FormData,
  Headers,
  Request,
  Response,
  URL,
  URLSearchParams,
  clearTimeout,
  crypto,
  fetch,
  setTimeout,
};

/** Runs a module with only the globals of a browser. @returns the lines that it prints */
async function runInBrowser(code: string): Promise<string> {
  const lines: string[] = [];
  const console = { log: (...words: unknown[]) => lines.push(`${words.join(' ')}\n`) };
  const module = new SourceTextModule(code, { context: createContext({ ...BROWSER, console }) });
  await module.link(() => {
    throw new Error('The bundle imports a module.');
  });
  await module.evaluate();
  return lines.join('');
}

describe('the TypeScript client, bundled for browsers', () => {
  let application: TestApplication;
  let project: OtherProject;
  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: 'optional' });
    project = await installClient();
  });
  afterAll(async () => {
    await project.remove();
    await application.close();
  });

  /** Bundles the code with the installed package. esbuild refuses the modules of Node.js for a browser. */
  async function bundled(code: string): Promise<string> {
    await project.write('main.js', code);
    const options = {
      entryPoints: ['main.js'],
      outfile: 'bundle.js',
      bundle: true,
      platform: 'browser',
      format: 'esm',
      target: 'es2022',
      logLevel: 'warning',
    };
    const esbuild = JSON.stringify(`${CLIENT}/node_modules/esbuild`);
    await project.node('--eval', `require(${esbuild}).buildSync(${JSON.stringify(options)})`);
    return readFile(`${project.folder}/bundle.js`, 'utf8');
  }

  test('runs the tour of its README', async () => {
    const { code, printed } = await readTour();
    const bundle = await bundled(code.replace('http://127.0.0.1:3000', application.url));
    await expect(runInBrowser(bundle)).resolves.toBe(printed);
  });

  test('leaves nothing in a bundle that does not use it', async () => {
    expect(await bundled("import 'calendar-client';")).toBe('');
  });
});
