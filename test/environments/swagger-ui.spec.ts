import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { Chromium } from '../support/chromium.js';
import { Client } from '../support/client.js';
import { startNginx } from '../support/nginx.js';
import type { PathProxy } from '../support/path-proxy.js';

/** In the page: waits for an element, and for what a click on it brings. */
const TRY_IT_OUT = `(async () => {
  const found = async (selector) => {
    for (;;) {
      const element = document.querySelector(selector);
      if (element) return element;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  (await found('#operations-users-getUser .opblock-summary-control')).click();
  (await found('#operations-users-getUser .try-out__btn')).click();
  const field = await found('#operations-users-getUser tr[data-param-name="user_id"] input:not([disabled])');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '1');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  (await found('#operations-users-getUser .execute')).click();
  const response = '#operations-users-getUser .live-responses-table tbody ';
  return {
    server: (await found('.servers option')).value,
    status: (await found(response + '.response-col_status')).textContent.trim().slice(0, 3),
    url: (await found('#operations-users-getUser .request-url pre')).textContent.trim(),
    body: (await found(response + '.response-col_description pre')).textContent,
  };
})()`;

describe('Swagger UI in Chromium', () => {
  let nginx: PathProxy;
  let application: TestApplication;
  let chromium: Chromium;

  beforeAll(async () => {
    nginx = await startNginx('/calendar');
    application = await startTestApplication({ PUBLIC_URL: nginx.url, TRUST_PROXY: 'loopback' });
    await nginx.leadTo(application.url);
    await new Client(nginx.url).create('/users', { name: 'ann', email: 'ann@example.com' });
  });
  afterAll(async () => {
    await application.close();
    await nginx.close();
  });

  afterEach(async () => chromium.close());

  test.each(['/docs', '/docs/'])('"Try it out" at %s asks the service behind nginx', async (page) => {
    chromium = await Chromium.open(nginx.url + page);
    const { body, ...tried } = await chromium.evaluate(TRY_IT_OUT);
    expect(tried).toEqual({ server: nginx.url, status: '200', url: `${nginx.url}/users/1` });
    expect(JSON.parse(body)).toMatchObject({ id: 1, name: 'ann' });
  });
});
