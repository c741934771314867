import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the service is built for the tests that start it as a process of its own. */
const BUILD = '.test-build';

/** Builds the service and its packages, and starts the PostgreSQL of this run, once for all suites that need them. */
export default async function globalSetup() {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const swc = ['node_modules/@swc/cli/bin/swc.js', 'src', 'scripts', 'test/support', '--out-dir', BUILD];
  const options = ['--config-file', '.swcrc', '--ignore', '**/*.spec.ts', '--delete-dir-on-start', '--quiet'];
  execFileSync(process.execPath, [...swc, ...options], { cwd: root, stdio: 'inherit' });
  execFileSync('npm', ['run', '--silent', 'build', '--workspaces'], { cwd: root, stdio: 'inherit' });
  const { startTestServer } = await import(`../../${BUILD}/test/support/database/test-server.js`);
  const server = await startTestServer();
  process.env.TEST_SERVER_URL = server.url;
  process.env.TEST_TEMPLATE_DATABASE = server.template;
  globalThis.stopTestServer = server.stop;
}
