import { afterEach, expect, test } from '@jest/globals';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { asNewRole, emptyDatabase, removeDatabases } from '../../support/database/empty-database.js';
import { execute } from '../../support/database/test-server.js';
import { runScript } from '../../support/service/child-process.js';
import { logLines } from '../../support/service/log-lines.js';

afterEach(removeDatabases);

test('a database that takes no connections is waited for, with one line of the log for each attempt', async () => {
  const database = await emptyDatabase();
  const { url, role } = await asNewRole(database);
  const name = new URL(url).pathname.slice(1);
  await execute(
    database,
    `GRANT CREATE ON SCHEMA public TO ${role}; CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gin`,
  );
  await execute(database, `ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  const PORT = String(await bindablePort(0, '127.0.0.1'));
  const service = runScript('src/main.js', [], { PORT, DATABASE_URL: url });
  await service.printed(/tries again in 2 s/);
  await execute(database, `ALTER DATABASE ${name} CONNECTION LIMIT -1`);
  await service.printed(/AUTH_MODE=/);
  await service.end('SIGTERM');
  const attempts = logLines(service.output()).filter(({ level }) => level === 'warn');
  expect(attempts.map(({ msg }) => msg)).toEqual(
    attempts.map(() =>
      expect.stringMatching(
        new RegExp(
          `^PostgreSQL cannot be reached \\(too many connections for database "${name}"\\): .* tries again in \\d s$`,
        ),
      ),
    ),
  );
  expect(attempts.length).toBeGreaterThanOrEqual(2);
  expect(service.output()).not.toMatch(/\bat .*\.[jt]s:\d+/);
});
