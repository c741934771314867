import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../configuration.js';
import { isLoopback } from './network-configuration.js';

describe('the configuration of the network', () => {
  test('reads lists', () => {
    const { corsOrigins, trustedProxies } = readConfiguration({
      CORS_ORIGINS: 'https://a.example.com, http://localhost:8080',
      TRUST_PROXY: 'loopback,10.0.0.0/8, ::1',
    });
    expect(corsOrigins).toEqual(['https://a.example.com', 'http://localhost:8080']);
    expect(trustedProxies).toEqual(['loopback', '10.0.0.0/8', '::1']);
  });

  test.each([
    ['https://example.com/calendar', 'https://example.com/calendar'],
    ['https://example.com/calendar/', 'https://example.com/calendar'],
    ['https://example.com/calendar//', 'https://example.com/calendar'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://example.com/', 'https://example.com'],
    ['HTTPS://Example.com:443/Team%20A', 'https://example.com/Team%20A'],
    ['https://bücher.example/kalender>', 'https://xn--bcher-kva.example/kalender%3E'],
    ['', null],
  ])('reads the public address %s', (value, expected) => {
    expect(readConfiguration({ PUBLIC_URL: value }).publicUrl).toBe(expected);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['127.example.com', false],
  ])('knows whether only this machine reaches %s: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });

  test.each([
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '127.1',
    '127.1/8',
    '010.0.0.0/8',
    'fe80::/129',
    '/8',
    'loopback/8',
  ])('refuses to trust %s', (proxy) => {
    expect(() => readConfiguration({ TRUST_PROXY: proxy })).toThrow(/^TRUST_PROXY .+, not "/);
  });

  test.each(['192.0.2.1', '10.0.0.0/8', '0.0.0.0/0', 'fe80::/10', '2001:db8::1', '::1/128', 'linklocal'])(
    'trusts %s',
    (proxy) => {
      expect(readConfiguration({ TRUST_PROXY: proxy }).trustedProxies).toEqual([proxy]);
    },
  );
});
