/** Writes openapi.json from the code; with `--check`, fails when the committed one says something else. */
import { readFile, writeFile } from 'node:fs/promises';
import { createApplication } from '../src/application.js';
import { createOpenApiDocument } from '../src/openapi/document.js';
import { readConfiguration } from '../src/platform/configuration/configuration.js';

const FILE = 'openapi.json';

/** Given, so that none is made and kept for a service that signs nothing. */
const JWT_SECRET = 'signs nothing while the document is written';

const document = await describeService();
if (!process.argv.includes('--check')) {
  await writeFile(FILE, document);
} else if ((await readFile(FILE, 'utf8').catch(() => '')) === document) {
  process.stdout.write(`${FILE} says what the code says.\n`);
} else {
  process.stderr.write(`${FILE} differs from the code: run \`npm run openapi\` and commit the result.\n`);
  process.exitCode = 1;
}

/** The routes need no database, so the service is built without one. */
async function describeService(): Promise<string> {
  const app = await createApplication(readConfiguration({ LOG_LEVEL: 'fatal', JWT_SECRET }));
  const described = `${JSON.stringify(createOpenApiDocument(app), null, 2)}\n`;
  await app.close();
  return described;
}
