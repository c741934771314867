import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../configuration.js';

const secret = 'a-secret-of-thirty-two-bytes-or-more';

describe('the configuration of access', () => {
  test('in production demands a secret', () => {
    expect(() => readConfiguration({ NODE_ENV: 'production' })).toThrow(/^JWT_SECRET /);
  });

  test('takes several secrets, so that one can be rotated', () => {
    const next = secret.replace(/./g, 'n');
    expect(readConfiguration({ JWT_SECRET: `${next}, ${secret}` }).jwtSecrets).toEqual([next, secret]);
    expect(() => readConfiguration({ JWT_SECRET: `${next},short` })).toThrow(/^JWT_SECRET /);
    expect(() => readConfiguration({ JWT_SECRET: `${next},` })).toThrow(/^JWT_SECRET /);
  });

  test('takes a provider by https, or on this machine', () => {
    for (const issuer of [
      'https://id.example.com/realms/calendar',
      'http://127.0.0.1:8080',
      'http://localhost',
    ]) {
      const oidc = { issuer, audience: 'calendar' };
      expect(readConfiguration({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'calendar' }).oidc).toEqual(oidc);
    }
  });

  test.each([
    ['plain http', { OIDC_ISSUER: 'http://id.example.com', OIDC_AUDIENCE: 'calendar' }],
    ['no address', { OIDC_ISSUER: 'id.example.com', OIDC_AUDIENCE: 'calendar' }],
    ['no audience', { OIDC_ISSUER: 'https://id.example.com' }],
    ['no issuer', { OIDC_AUDIENCE: 'calendar' }],
  ])('refuses a provider with %s', (_, environment) => {
    expect(() => readConfiguration(environment)).toThrow(/^OIDC_ISSUER /);
  });
});
