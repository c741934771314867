import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import pino from 'pino';
import { withoutSecrets } from './without-secrets.js';

const SECRETS = ['authorization', 'cookie', 'password', 'access_token', 'refresh_token', 'token', 'secret'];

/** The line that pino writes with these options, without its time. */
function lineOf(options: pino.LoggerOptions, fields: object): string {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  pino({ base: undefined, timestamp: false, ...options }, stream).info(fields, 'request');
  return lines.join('');
}

test.each<[object, object]>([
  [
    { route: '/users', token: 'x' },
    { route: '/users', token: '[secret]' },
  ],
  [
    { params: { password: 'x', id: 1 }, status: 200 },
    { params: { password: '[secret]', id: 1 }, status: 200 },
  ],
  [
    { secret: null, cookie: { a: 1 } },
    { secret: '[secret]', cookie: '[secret]' },
  ],
  [{ a: { b: { token: 'x' } } }, { a: { b: { token: 'x' } } }],
])('the log shows no secret of %j', (fields, shown) => {
  expect(withoutSecrets({ ...fields })).toEqual(shown);
  expect(fields).toEqual(structuredClone(fields));
});

test('a line without secrets keeps its fields, and an error stays an error', () => {
  const fields = { status: 200, params: {}, err: Object.assign(new Error('fault'), { token: 'x' }) };
  expect(withoutSecrets(fields)).toBe(fields);
});

test('each line is that of the option `redact` of pino', () => {
  const redact = { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' };
  const names = fc.constantFrom(...SECRETS, 'route', 'id', 'x y', 'Token', '"');
  const value = fc.jsonValue({ maxDepth: 1 });
  const record = fc.dictionary(names, value, { maxKeys: 4 });
  fc.assert(
    fc.property(fc.dictionary(names, fc.oneof(value, record), { maxKeys: 6 }), (fields) => {
      const before = structuredClone(fields);
      expect(lineOf({ formatters: { log: withoutSecrets } }, fields)).toBe(lineOf({ redact }, fields));
      expect(fields).toEqual(before);
    }),
    { numRuns: 1_000 },
  );
});
