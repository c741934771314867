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

  test.each([
    ['of 40 characters', `cal_${'k'.repeat(36)}`],
    ['of 40 characters with the end of base64', `cal_${'k'.repeat(34)}==`],
    ['of any length', `cal_${'k'.repeat(500)}`],
    ['with every character of a token', `cal_Az09-._~+/${'k'.repeat(30)}==`],
  ])('takes a first API key %s', (_, key) => {
    expect(readConfiguration({ BOOTSTRAP_API_KEY: key }).bootstrapApiKey).toBe(key);
  });

  test.each([
    ['that is too short', `cal_${'k'.repeat(35)}`],
    ['without the prefix', 'k'.repeat(50)],
    ['with the prefix in capital letters', `CAL_${'k'.repeat(50)}`],
    ['with a space', `cal_${'k'.repeat(30)} ${'k'.repeat(30)}`],
    ['with a letter that no header takes', `cal_${'ä'.repeat(50)}`],
  ])('refuses a first API key %s, and does not repeat it', (_, key) => {
    const read = () => readConfiguration({ BOOTSTRAP_API_KEY: key });
    expect(read).toThrow(/^BOOTSTRAP_API_KEY must have at least 40 characters, begin with cal_/);
    expect(read).not.toThrow(key);
  });

  test('has no first API key unless the variable is set', () => {
    expect(readConfiguration({}).bootstrapApiKey).toBeNull();
    expect(readConfiguration({ BOOTSTRAP_API_KEY: '' }).bootstrapApiKey).toBeNull();
  });
});
