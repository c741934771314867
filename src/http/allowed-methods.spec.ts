import { describe, expect, test } from '@jest/globals';
import { fastify } from 'fastify';
import { refuseOtherMethods } from './allowed-methods.js';
import { idPath } from './fields/path-id.js';
import type { ProblemException } from './problem/problem-exception.js';

const ROUTES = [
  ['GET', '/users'],
  ['POST', '/users'],
  ['GET', `/users/${idPath('user_id')}`],
  ['DELETE', `/users/${idPath('user_id')}`],
  ['POST', `/invites/${idPath('invite_id', 'accept')}`],
  ['GET', `/invites/${idPath('invite_id')}`],
  ['GET', '/events::nearest'],
  ['OPTIONS', '*'],
] as const;

/** The `Allow` header of the response to a request; null for another response than 405. */
async function allowedIn(method: 'GET' | 'POST' | 'PUT', url: string): Promise<unknown> {
  const app = fastify();
  refuseOtherMethods(app);
  app.setErrorHandler<ProblemException>((error, _, reply) => reply.status(error.getStatus()).send());
  for (const [declared, path] of ROUTES)
    app.route({ method: declared, url: path, handler: async () => 'ok' });
  const { statusCode, headers } = await app.inject({ method, url });
  await app.close();
  return statusCode === 405 ? headers.allow : null;
}

describe('another method of a path', () => {
  test.each([
    ['/users', 'GET, HEAD, POST'],
    ['/users?limit=1', 'GET, HEAD, POST'],
    ['/users/5', 'DELETE, GET, HEAD'],
    ['/users/none', 'DELETE, GET, HEAD'],
    ['/invites/5:accept', 'POST'],
    ['/invites/5', 'GET, HEAD'],
    ['/events:nearest', 'GET, HEAD'],
  ])('%s is refused with its methods: %s', async (url, allowed) => {
    expect(await allowedIn('PUT', url)).toBe(allowed);
  });

  test('is refused for the action of a resource', async () => {
    expect(await allowedIn('GET', '/invites/5:accept')).toBe('POST');
  });

  test.each(['/', '/nobody', '/users/5/none', '/events.nearest', '/invites/5:refuse'])(
    'is not found if the path is none: %s',
    async (url) => {
      expect(await allowedIn('PUT', url)).toBeNull();
    },
  );
});
