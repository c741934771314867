import { expect, test } from '@jest/globals';
import { isHostName, mayBePublic } from './public-hosts.js';

test.each([
  ['example.com', true],
  ['notlocalhost', true],
  ['localhost.example.com', true],
  ['localhost', false],
  ['localhost.', false],
  ['db.localhost', false],
  ['8.8.8.8', true],
  ['10.0.0.1', false],
  ['127.0.0.1', false],
  ['[2606:4700::1111]', true],
  ['[::1]', false],
  ['::1', false],
])('the host %s may be public: %s', (host, expected) => {
  expect(mayBePublic(host)).toBe(expected);
});

test.each([
  ['example.com', true],
  ['localhost', true],
  ['1.2.3', true],
  ['8.8.8.8', false],
  ['[::1]', false],
  ['::1', false],
])('the host %s is a name: %s', (host, expected) => {
  expect(isHostName(host)).toBe(expected);
});
