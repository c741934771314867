import { expect, test } from '@jest/globals';
import { expectPercentEncoded, webAddress, withoutCredentials } from './web-address.js';

test.each([
  'https://example.com',
  'HTTP://example.com:8080/calendar?a=b',
  'http://127.0.0.1',
  'http://[::1]:3000/',
])('%s is an address of the web', (value) => {
  expect(webAddress(value)?.href).toBe(new URL(value).href);
});

test.each([
  '',
  'example.com',
  'https:example.com',
  'https:///calendar',
  'ftp://example.com',
  'https://a.com,https://b.com',
  'https://a.com;b.com',
  'https://exa mple.com',
  'https://example.com:70000',
  'https://example.com/a b',
])('%p is no address of the web', (value) => {
  expect(webAddress(value)).toBeNull();
});

test.each(['postgres://ann:100%25@db', '%C3%A9', 'plain'])('%s has no % alone', (value) => {
  expect(() => expectPercentEncoded('NAME', value)).not.toThrow();
});

test.each(['postgres://ann:100%@db', '%zz', '%e9'])('%s has a % that encodes no character', (value) => {
  const check = (): void => expectPercentEncoded('NAME', value);
  expect(check).toThrow(/^NAME has a % that encodes no character/);
  expect(check).not.toThrow(new RegExp(value.slice(0, 8)));
});

test.each([
  ['https://ann:secret@example.com/a', 'https://example.com/a'],
  ['https://ann:p@ss@example.com', 'https://example.com'],
  ['https://ann:a\nb@example.com', 'https://example.com'],
  ['https://example.com', 'https://example.com'],
])('%p is shown as %s', (value, shown) => {
  expect(withoutCredentials(value)).toBe(shown);
});
