import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { PASSWORD, signUp } from '../support/client/account.js';
import { Client } from '../support/client/client.js';
import { Chromium } from '../support/deployment/chromium.js';
import { documentOf } from '../support/openapi/operation.js';
import { prefilledRequests } from '../support/openapi/prefilled.js';
import { startNginx } from '../support/servers/nginx.js';
import type { PathProxy } from '../support/servers/path-proxy.js';
import { startTestApplication, type TestApplication } from '../support/service/application.js';

/** Functions for the page: one waits for an element of a part, and one types into a field like a person. */
const ACTIONS = `
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
  const found = async (selector, part = document) => {
    for (;;) {
      const element = part.querySelector(selector);
      if (element) return element;
      await pause();
    }
  };
  const change = (field, value, event) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value);
    field.dispatchEvent(new Event(event, { bubbles: true }));
  };
`;

/** The result of `tryItOut`, as the page shows it. */
interface TriedRequest {
  readonly server: string;
  readonly status: string;
  readonly url: string;
  readonly body: string;
}

/** A result of `EXECUTE_ALL`. */
interface ExecutedRequest {
  readonly operationId: string;
  readonly example: string | null;
  readonly method: string;
  readonly url: string;
  readonly body: string | null;
  readonly status: number;
}

/** Reads a user. */
const tryItOut = (userId: number) => `(async () => {
  ${ACTIONS}
  (await found('#operations-users-getUser .opblock-summary-control')).click();
  (await found('#operations-users-getUser .try-out__btn')).click();
  const field = await found('#operations-users-getUser tr[data-param-name="user_id"] input:not([disabled])');
  change(field, '${userId}', 'input');
  // The page reads the text when the field loses the focus.
  field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  (await found('#operations-users-getUser .execute')).click();
  const response = '#operations-users-getUser .live-responses-table tbody ';
  return {
    server: (await found('.servers option')).value,
    status: (await found(response + '.response-col_status')).textContent.trim().slice(0, 3),
    url: (await found('#operations-users-getUser .request-url pre')).textContent.trim(),
    body: (await found(response + '.response-col_description pre')).textContent,
  };
})()`;

/** On a busy machine, the page needs a second for a click. */
const SLOW_MACHINE_MS = 600_000;

/**
 * Executes each operation from the top of the page to the bottom, with each example of its body. Changes no other
 * field.
 */
const EXECUTE_ALL = `(async () => {
  ${ACTIONS}
  await found('.opblock');
  const executed = [];
  for (const block of document.querySelectorAll('.opblock')) {
    block.querySelector('.opblock-summary-control').click();
    (await found('.try-out__btn', block)).click();
    await found('.execute', block);
    const names = [...block.querySelectorAll('.opblock-section-request-body .examples-select option')].map(({ value }) => value);
    for (const name of names.length > 0 ? names : [null]) {
      const select = block.querySelector('.opblock-section-request-body .examples-select select');
      const body = block.querySelector('.body-param__text');
      if (select && select.value !== name) {
        const before = body.value;
        change(select, name, 'change');
        while (body.value === before) await pause();
      }
      const text = body && body.value;
      (await found('.execute', block)).click();
      const status = await found('.live-responses-table tbody .response-col_status', block);
      executed.push({
        operationId: block.id.split('-').at(-1),
        example: name,
        method: block.querySelector('.opblock-summary-method').textContent,
        url: (await found('.request-url pre', block)).textContent.trim(),
        body: text,
        status: Number(status.textContent.trim().slice(0, 3)),
      });
      (await found('.btn-clear', block)).click();
      while (block.querySelector('.live-responses-table')) await pause();
    }
    // The page renders all open operations again with each click.
    block.querySelector('.opblock-summary-control').click();
  }
  return executed;
})()`;

/** Pastes a token into "Authorize". */
const authorize = (token: string) => `(async () => {
  ${ACTIONS}
  (await found('.btn.authorize')).click();
  change(await found('.auth-container input'), '${token}', 'input');
  (await found('.auth-btn-wrapper .authorize')).click();
  await found('.auth-btn-wrapper button[aria-label="Remove authorization"]');
})()`;

describe('Swagger UI in Chromium, on an empty database', () => {
  let application: TestApplication;
  let chromium: Chromium;
  let executed: readonly ExecutedRequest[];

  beforeAll(async () => {
    application = await startTestApplication();
    chromium = await Chromium.open(`${application.url}/docs`);
    executed = await chromium.evaluate(EXECUTE_ALL);
  }, SLOW_MACHINE_MS);
  afterAll(async () => {
    await chromium.close();
    await application.close();
  });

  test('executes every example with success, except for those that need a token of the service', () => {
    const refused = executed.filter(({ status }) => status < 200 || status > 299);
    expect(refused.map(({ operationId, status }) => [operationId, status])).toEqual([
      ['verifyEmail', 400],
      ['refreshTokens', 401],
    ]);
  });

  test('sends the requests that the end-to-end tests send', async () => {
    const document = await documentOf(new Client(application.url));
    const prefilled = prefilledRequests(document).map(({ operationId, example, method, path, body }) => ({
      operationId,
      example,
      method,
      path,
      body,
    }));
    expect(
      executed.map(({ operationId, example, method, url, body }) => ({
        operationId,
        example,
        method,
        path: url.replace(application.url, ''),
        body: body === null ? undefined : JSON.parse(body),
      })),
    ).toEqual(prefilled);
  });
});

test('"Authorize" in Chromium keeps the token after a reload', async () => {
  const application = await startTestApplication();
  const chromium = await Chromium.open(`${application.url}/docs`);
  try {
    const client = new Client(application.url);
    await signUp(client, 'ann');
    const { id, email } = await signUp(client, 'bob');
    const { body: tokens } = await client.post('/auth/login', { email, password: PASSWORD });
    await chromium.evaluate(authorize(tokens.access_token));
    await chromium.load(`${application.url}/docs`);
    const { status, body } = await chromium.evaluate<TriedRequest>(tryItOut(id));
    expect(status).toBe('200');
    // Only a request with the user's own token gets the reminders of a user who has a password.
    expect(JSON.parse(body)).toMatchObject({ id, default_reminders: [] });
  } finally {
    await chromium.close();
    await application.close();
  }
});

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
    const { body, ...tried } = await chromium.evaluate<TriedRequest>(tryItOut(1));
    expect(tried).toEqual({ server: nginx.url, status: '200', url: `${nginx.url}/users/1` });
    expect(JSON.parse(body)).toMatchObject({ id: 1, name: 'ann' });
  });
});
