import { expect, test } from '@jest/globals';
import { startTestApplication } from '../support/application.js';
import { describeServiceBehind } from '../support/behind-proxy.js';
import { startNginx } from '../support/nginx.js';

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
