import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { Client } from '../support/client/client.js';
import { startTestApplication } from '../support/service/application.js';

test("Debian's promtool finds no fault in the metrics", async () => {
  const application = await startTestApplication();
  await new Client(application.url).get('/users/4711');
  const input = await (await fetch(`${application.url}/metrics`)).text();
  await application.close();
  expect(input).toContain('http_request_duration_seconds_count');
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
