import { expect, test } from '@jest/globals';
import { startCallers } from '../support/client/callers.js';
import { Client } from '../support/client/client.js';
import { eventually } from '../support/database/data-directory.js';
import { createTestDatabase } from '../support/database/database.js';
import { describeServiceBehind } from '../support/servers/behind-proxy.js';
import { startNginx, startNginxBalancer } from '../support/servers/nginx.js';
import { startTestApplication } from '../support/service/application.js';
import { type Service, startService } from '../support/service/service.js';

describeServiceBehind("Debian's nginx, set up as README shows,", startNginx);

test('nginx keeps the metrics to itself', async () => {
  const nginx = await startNginx('/calendar');
  const application = await startTestApplication();
  await nginx.leadTo(application.url);
  expect((await fetch(`${application.url}/metrics`)).status).toBe(200);
  expect((await fetch(`${nginx.url}/metrics`)).status).toBe(404);
  expect((await fetch(`${nginx.url}/health/live`)).status).toBe(200);
  await application.close();
  await nginx.close();
});

/** The default in production. */
const SHUTDOWN_DELAY = '5s';

test('with deploy/balancer.conf, nginx loses no request while two instances are restarted again and again', async () => {
  const database = await createTestDatabase();
  const environment = { DATABASE_URL: database.url, SHUTDOWN_DELAY, JWT_SECRET: 'x'.repeat(32) };
  let instances = [await startService(environment), await startService(environment)];
  await new Client(instances[0].url).create('/users', { name: 'ann', email: 'ann@example.com' });
  const nginx = await startNginxBalancer(instances.map(({ url }) => url));
  const restart = async (instance: Service): Promise<Service> => {
    expect(await instance.process.end('SIGTERM')).toBe(0);
    return startService({ ...environment, PORT: new URL(instance.url).port });
  };
  try {
    const callers = startCallers(nginx.url);
    for (let round = 0; round < 3; round += 1) {
      for (const [index, instance] of instances.entries()) {
        instances = instances.with(index, await restart(instance));
        await eventually(async () => (await fetch(`${instance.url}/health/ready`)).status === 200);
      }
    }
    const { done, failures } = await callers.stop();
    expect(failures).toEqual([]);
    expect(done).toBeGreaterThan(0);
  } finally {
    await nginx.close();
    await Promise.all(instances.map(async ({ process }) => process.end('SIGKILL')));
    await database.drop();
  }
}, 300_000);
