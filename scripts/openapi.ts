/** Writes openapi.json from the code. With `--check`, fails if the committed file differs. */
import { readFile, writeFile } from 'node:fs/promises';
import { createApplication } from '../src/application.js';
import { createOpenApiDocument } from '../src/openapi/document.js';
import { readConfiguration } from '../src/platform/configuration/configuration.js';

const FILE = 'openapi.json';

/** A fixed secret, so that the service does not create and store one. The script signs nothing. */
const JWT_SECRET = 'signs nothing while the document is written';

const document = await describeService();
if (!process.argv.includes('--check')) await writeFile(FILE, document);
else if ((await readFile(FILE, 'utf8').catch(() => '')) === document)
  process.stdout.write(`${FILE} matches the code.\n`);
else {
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
