import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import {
  ACT_AS_USER,
  KEY_SCHEME,
  PERSON_SCHEME,
  ROUTE_ACCESS,
  type RouteAccess,
} from '../../../src/access/access.decorator.js';
import { Client } from '../../support/client/client.js';
import { type Declaration, type Document, documentOf } from '../../support/openapi/operation.js';
import { ACCESS_BY_OPERATION, SCOPES_BY_TAG } from '../../support/openapi/operation-access.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** The metadata of `ApiOperation`; @nestjs/swagger does not export its name. */
const API_OPERATION = 'swagger/apiOperation';

interface Route {
  /** The name of the handler, if the document does not have the operation. */
  readonly operationId: string;
  /** What the handler declares, itself or by its controller. */
  readonly access: RouteAccess | undefined;
}

function routesOf(app: INestApplication): Route[] {
  const discovery = new DiscoveryService(app.get(ModulesContainer));
  return discovery.getControllers().flatMap(({ metatype, instance }) => {
    const prototype = Object.getPrototypeOf(instance);
    return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (metatype === null || Reflect.getMetadata(METHOD_METADATA, handler) === undefined) return [];
      const operation = Reflect.getMetadata(API_OPERATION, handler);
      const access =
        Reflect.getMetadata(ROUTE_ACCESS, handler) ?? Reflect.getMetadata(ROUTE_ACCESS, metatype);
      return [{ operationId: operation?.operationId ?? `${metatype.name}.${name}`, access }];
    });
  });
}

/** The alternatives of an operation in the document. The empty one is a request without a token. */
function securityOf(access: RouteAccess | undefined, authMode: 'optional' | 'required'): object[] {
  const { rule, scope } = access ?? { rule: 'public', scope: null };
  if (rule === 'person') return [{ [PERSON_SCHEME]: [] }];
  if (scope === null) return [];
  const key = { [KEY_SCHEME]: [scope] };
  if (rule === 'key') return [key];
  if (rule === 'public') return [{}, key];
  const isOpen = authMode === 'optional' && rule === 'caller';
  return [...(isOpen ? [{}] : []), { [PERSON_SCHEME]: [] }, key];
}

function declarationsOf(document: Document): (Declaration & { readonly method: string })[] {
  return Object.values(document.paths).flatMap((item) =>
    Object.entries(item).map(([method, declaration]) => Object.assign({ method }, declaration)),
  );
}

/** The requests with a body that change nothing. */
const SEARCHES = new Set(['findSeriesSlots', 'findTimes']);

describe.each(['optional', 'required'] as const)('with AUTH_MODE=%s, every route', (authMode) => {
  let application: TestApplication;
  let document: Document;

  beforeAll(async () => {
    application = await startTestApplication({ AUTH_MODE: authMode });
    document = await documentOf(new Client(application.url));
  });
  afterAll(async () => application.close());

  test('declares a rule, and a scope unless it ignores keys', () => {
    const routes = routesOf(application.app);
    const declared = Object.fromEntries(routes.map(({ operationId, access }) => [operationId, access]));
    expect(declared).toEqual(ACCESS_BY_OPERATION);
    expect(routes).toHaveLength(Object.keys(ACCESS_BY_OPERATION).length);
  });

  test('is in the document with its scope', () => {
    const documented = declarationsOf(document).map(({ operationId, security }) => [operationId, security]);
    const expected = Object.entries(ACCESS_BY_OPERATION).map(([operationId, access]) => [
      operationId,
      securityOf(access, authMode),
    ]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(expected));
  });

  test('has one of the scopes of its subject, and the one for reading if it reads', () => {
    for (const { operationId, method, tags } of declarationsOf(document)) {
      const scope = ACCESS_BY_OPERATION[operationId]?.scope ?? null;
      if (scope === null) continue;
      const scopes = SCOPES_BY_TAG[tags[0] ?? ''] ?? [];
      expect({ operationId, scopes }).toEqual({ operationId, scopes: expect.arrayContaining([scope]) });
      const isRead = method === 'get' || SEARCHES.has(operationId);
      const reads = scopes.length > 1 ? isRead : scope.endsWith('.read');
      expect({ operationId, reads: scope.endsWith('.read') }).toEqual({ operationId, reads });
    }
  });

  test('that needs a scope documents its refusals, and the header of keys that act as a user', () => {
    for (const { operationId, parameters = [], responses } of declarationsOf(document)) {
      const access = ACCESS_BY_OPERATION[operationId];
      const scope = access?.scope ?? null;
      const takesHeader = scope !== null && access?.rule !== 'key';
      const refusals = [...(scope === null ? [] : ['401', '403']), ...(takesHeader ? ['400', '404'] : [])];
      expect([operationId, Object.keys(responses)]).toEqual([operationId, expect.arrayContaining(refusals)]);
      const names = parameters.map(({ name }) => name);
      expect([operationId, names.includes(ACT_AS_USER)]).toEqual([operationId, takesHeader]);
    }
  });

  test('is secured by one of two schemes: the token of a person, or a key', () => {
    const { securitySchemes } = document.components as unknown as { securitySchemes: object };
    expect(securitySchemes).toEqual({
      [PERSON_SCHEME]: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
      [KEY_SCHEME]: expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    });
  });
});
