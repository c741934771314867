import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Tokens } from '../../../clients/typescript/src/schema.js';
import { ACT_AS_USER } from '../../../src/access/access.decorator.js';
import { DEFAULT_TENANT_ID } from '../../../src/database/current-tenant.js';
import { PASSWORD } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { headersOf } from '../../support/client/file-type.js';
import { idFieldsOf } from '../../support/openapi/id-fields.js';
import { type Declaration, type Document, documentOf } from '../../support/openapi/operation.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import {
  type Ids,
  idsBy,
  SWEPT_OPERATIONS,
  type SweptOperation,
} from '../../support/tenants/swept-operations.js';
import {
  addGuest,
  addKey,
  addObjects,
  addPerson,
  addTenant,
  beginIdsAt,
  type Objects,
  type Person,
  rowsOf,
  SERIES,
  type TestTenant,
} from '../../support/tenants/tenant.js';

/** All ids of the test, and the one that no object has, have as many digits. */
const FIRST_ID = 700_000_001;
const NO_ID = 799_999_999;

const SWEPT = Object.entries(SWEPT_OPERATIONS).flatMap(([name, operation]) =>
  operation ? [{ name, ...operation }] : [],
);
const NAMING = SWEPT.filter(({ ids }) => Object.keys(ids).length > 0);

/** A tenant with users, whose objects its callers and those of the other tenant name. */
interface Populated extends TestTenant {
  readonly person: Person;
  readonly invited: Person;
  readonly objects: Objects;
  readonly callers: Readonly<Record<string, Caller>>;
}

interface Caller {
  readonly client: Client;
  /** Objects of a user for whom the caller may act. */
  readonly objects: Objects;
}

let application: TestApplication;
let smtp: SmtpServer;
let document: Document;
const tenants: Record<string, Populated> = {};

async function populated(tenant: TestTenant): Promise<Populated> {
  const { id, backend } = tenant;
  const [person, invited] = [await addPerson(backend), await addPerson(backend)];
  const objects = await addObjects(backend, person.id, invited.id);
  const nobody = new Client(application.url);
  const tokens = async (path: string, client: Client, body: object) => {
    const { access_token: token } = (await client.send<'POST', string>('POST', path, body))
      .body as unknown as Tokens;
    return nobody.with(token);
  };
  const acting = (client: Client) => ({ client, objects });
  const login = { email: person.email, password: PASSWORD, tenant_id: id };
  return {
    ...tenant,
    person,
    invited,
    objects,
    callers: {
      'a key': acting(backend),
      'a key as a person': acting(backend.as(person.id)),
      'a person': acting(await tokens('/auth/login', nobody, login)),
      'a page with an exchanged token': acting(
        await tokens('/auth/token-exchange', backend, { user_id: person.id }),
      ),
      ...(id === DEFAULT_TENANT_ID && {
        'a client without a token': {
          client: nobody,
          objects: await addObjects(backend, (await addGuest(backend)).id, invited.id),
        },
      }),
    },
  };
}

beforeAll(async () => {
  smtp = new SmtpServer();
  // The clock stands still, so that no background work changes rows between two comparisons.
  application = await startTestApplication(
    { SMTP_URL: await smtp.start(), WEBHOOK_DISPATCH: 'off', CALENDAR_FETCH: 'off' },
    new TestClock(),
  );
  await beginIdsAt(application, FIRST_ID);
  document = await documentOf(new Client(application.url));
  const backend = await addKey(application, DEFAULT_TENANT_ID);
  tenants.default = await populated({ id: DEFAULT_TENANT_ID, backend });
  tenants.other = await populated(await addTenant(application, 'other'));
}, 60_000);
afterAll(async () => {
  await application.close();
  await smtp.stop();
});

/** The operations of the document, as `POST /events`. */
function declared(): { readonly name: string; readonly declaration: Declaration }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, declaration]) => ({
      name: `${method.toUpperCase()} ${path}`,
      declaration,
    })),
  );
}

/** Whether a key may act as a user in the operation. */
function takesUser({ parameters = [] }: Declaration): boolean {
  return parameters.some(({ name }) => name === ACT_AS_USER);
}

async function send(
  client: Client,
  { name, request }: SweptOperation & { readonly name: string },
  ids: Ids,
): Promise<ServiceResponse> {
  const { path, body } = request(ids);
  return client.send(name.split(' ')[0], path, body, headersOf(body));
}

/** What a caller learns from a response, without the id that the caller named. */
function learnt({ status, headers, body }: ServiceResponse, id: number): string {
  const shown = ['content-type', 'cache-control', 'vary', 'etag', 'www-authenticate', 'link'].map((name) =>
    headers.get(name),
  );
  return JSON.stringify([status, shown, body]).replaceAll(String(id), 'the id');
}

/** The status for an id that does not exist. A caller whom the operation does not serve gets another one. */
function refusalOf(name: string, caller: string): number {
  const { declaration } = declared().find((one) => one.name === name) ?? {};
  const servesKeysAlone = declaration?.security.every((scheme) => 'api_key' in scheme) ?? false;
  if (!servesKeysAlone || caller === 'a key') return 404;
  return caller === 'a client without a token' ? 401 : 403;
}

describe('the sweep', () => {
  test('has every operation of the document', () => {
    const names = declared().map(({ name }) => name);
    expect(Object.keys(SWEPT_OPERATIONS).toSorted()).toEqual(names.toSorted());
  });

  test('names an object in every field of the document that has ids', () => {
    for (const { name, declaration } of declared()) {
      const operation = SWEPT_OPERATIONS[name];
      expect({ name, ids: Object.keys(operation?.ids ?? {}).toSorted() }).toEqual({
        name,
        ids: idFieldsOf(document, declaration).toSorted(),
      });
    }
  });

  test('has a request of every operation in which a key acts as a user', () => {
    const acting = declared().filter(({ declaration }) => takesUser(declaration));
    expect(acting.filter(({ name }) => SWEPT_OPERATIONS[name] === null)).toEqual([]);
    expect(acting.length).toBeGreaterThan(20);
  });
});

describe.each([
  { callersOf: 'default', objectsOf: 'other' },
  { callersOf: 'other', objectsOf: 'default' },
])('callers of the $callersOf tenant', ({ callersOf, objectsOf }) => {
  /** The ids of a request to the caller's own objects. An organizer invites another user. */
  function idsOf({ ids }: SweptOperation, objects: Objects): Ids {
    const { invited } = tenants[callersOf];
    const idOf = (field: string) =>
      field === 'invited_user_ids' ? invited.id : objects[ids[field] as 'user'];
    return Object.fromEntries(Object.keys(ids).map((field) => [field, idOf(field)]));
  }

  test.each(NAMING)('reach no object of another one by $name', async (operation) => {
    const [own, other] = [tenants[callersOf], tenants[objectsOf]];
    const before = await rowsOf(application, other.id);
    for (const [caller, { client, objects }] of Object.entries(own.callers)) {
      const ids = idsOf(operation, objects);
      for (const [field, kind] of Object.entries(operation.ids)) {
        const ofOther = other.objects[kind];
        const named = idsBy(operation, ids, field);
        const hidden = await send(client, operation, { ...named, [field]: ofOther });
        const missing = await send(client, operation, { ...named, [field]: NO_ID });
        expect({ caller, field, learnt: learnt(hidden, ofOther) }).toEqual({
          caller,
          field,
          learnt: learnt(missing, NO_ID),
        });
        const refusal = operation.refused?.includes(caller) ? 403 : refusalOf(operation.name, caller);
        expect({ caller, field, status: hidden.status }).toEqual({ caller, field, status: refusal });
      }
    }
    expect(await rowsOf(application, other.id)).toEqual(before);
    // The same request for the key's own objects succeeds, so that the ids alone caused the refusals.
    const objects = await addObjects(own.backend, own.person.id, own.invited.id);
    const allowed = await send(own.backend, operation, idsBy(operation, idsOf(operation, objects), null));
    expect([200, 201, 202, 204]).toContain(allowed.status);
    expect(await rowsOf(application, other.id)).toEqual(before);
  });

  test.each(SWEPT)('act as no user of another one in $name', async (operation) => {
    const { declaration } = declared().find(({ name }) => name === operation.name) ?? {};
    if (!declaration || !takesUser(declaration)) return;
    const [own, other] = [tenants[callersOf], tenants[objectsOf]];
    const before = await rowsOf(application, other.id);
    const ids = idsBy(operation, idsOf(operation, own.objects), null);
    const hidden = await send(own.backend.as(other.person.id), operation, ids);
    const missing = await send(own.backend.as(NO_ID), operation, ids);
    expect([hidden.status, hidden.body]).toMatchObject([404, { code: 'user_not_found' }]);
    expect(learnt(hidden, other.person.id)).toBe(learnt(missing, NO_ID));
    expect(await rowsOf(application, other.id)).toEqual(before);
  });

  test('find no user of another one by address', async () => {
    const [own, other] = [tenants[callersOf], tenants[objectsOf]];
    for (const { client } of Object.values(own.callers)) {
      expect((await client.get(`/users?email=${own.person.email}`)).body).toHaveLength(1);
      expect((await client.get(`/users?email=${other.person.email}`)).body).toEqual([]);
    }
  });

  test('share external ids with another one, and find their own objects by them and by words', async () => {
    const [own, other] = [tenants[callersOf], tenants[objectsOf]];
    const id = `shared-${callersOf}`;
    const created = async ({ backend, person }: Populated) => {
      const event = { ...SERIES, title: id, organizer_user_id: person.id, external_id: id, metadata: { id } };
      const user = { name: id, email: `${id}@example.com`, external_id: id };
      return {
        event: (await backend.create('/events', event)).body.id,
        user: (await backend.create('/users', user)).body.id,
      };
    };
    await created(other);
    const { event, user } = await created(own);
    for (const query of [`q=${id}`, `external_id=${id}`, `metadata.id=${id}`]) {
      const { body } = await own.backend.get(`/events?${query}` as '/events');
      expect(body.map((found) => found.id)).toEqual([event]);
    }
    for (const query of [`q=${id}`, `external_id=${id}`]) {
      const { body } = await own.backend.get(`/users?${query}` as '/users');
      expect(body.map((found) => found.id)).toEqual([user]);
    }
    expect((await own.backend.get(`/events/by-external-id/${id}`)).body).toMatchObject({ id: event });
    expect((await own.backend.get(`/users/by-external-id/${id}`)).body).toMatchObject({ id: user });
    expect((await own.callers['a person']?.client.get(`/events?q=${id}` as '/events'))?.body).toMatchObject([
      { id: event },
    ]);
  });

  test('list no key of another one, not even with a page token of its list', async () => {
    const [own, other] = [tenants[callersOf], tenants[objectsOf]];
    const { body: listed } = await own.backend.get('/api-keys?limit=1000');
    const { body: ofOther, headers } = await other.backend.get('/api-keys?limit=1');
    expect(listed.map(({ id }) => id)).not.toContain(other.objects['api key']);
    const next = /<(.*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1] as '/api-keys';
    const { status, body: page } = await own.backend.get(next);
    const first = ofOther[0].id;
    expect([status, page]).toEqual([200, listed.filter(({ id }) => id > first).slice(0, 1)]);
  });
});
