import { describe, expect, test } from '@jest/globals';
import { fastify } from 'fastify';
import { indentJson, jsonFor } from './readable-json.js';
import { renderedJson } from './rendered-json.js';

const INDENTED = '{\n  "id": 1\n}\n';

async function responseTo(url: string) {
  const app = fastify();
  indentJson(app);
  app.get('/user', async ({ query }) => ({ id: 1, ...(query as object) }));
  app.get('/text', async (_, reply) => reply.type('text/plain').send('{"id":1}'));
  app.get('/problem', async (_, reply) => reply.type('application/problem+json').send('{"id":1}'));
  app.get('/bytes', async (_, reply) => renderedJson(reply, Buffer.from('{"id":1}')));
  const { statusCode, body } = await app.inject(url);
  await app.close();
  return { statusCode, body };
}

describe('a response', () => {
  test.each([
    ['/user?pretty=true', INDENTED],
    ['/problem?pretty=true', INDENTED],
    ['/bytes?pretty=true', INDENTED],
    ['/bytes', '{"id":1}'],
    ['/user?pretty=false', '{"id":1}'],
    ['/user', '{"id":1}'],
    ['/text?pretty=true', '{"id":1}'],
    ['/user?pretty=false&other=2', '{"id":1,"other":"2"}'],
  ])('to %s is %p', async (url, body) => {
    expect(await responseTo(url)).toEqual({ statusCode: 200, body });
  });

  test.each(['/user?pretty=yes', '/user?pretty', '/user?pretty=true&pretty=true'])(
    'to %s is a refusal that names the parameter',
    async (url) => {
      const { body } = await responseTo(url);
      expect(body).toContain('pretty: must be true or false');
    },
  );
});

test.each([
  ['/users/1?pretty=true', INDENTED],
  ['/users/1?pretty=false', '{"id":1}'],
  ['/users/1', '{"id":1}'],
])('a response that no hook reaches, to %s, is %p', (url, body) => {
  expect(jsonFor(url, { id: 1 })).toBe(body);
});
