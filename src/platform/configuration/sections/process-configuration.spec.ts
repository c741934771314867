import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../configuration.js';
import { MAX_SHUTDOWN_DELAY } from './process-configuration.js';

const secret = 'a-secret-of-thirty-two-bytes-or-more';

describe('the configuration of the process', () => {
  test.each([
    ['10/s', { requests: 10, seconds: 1 }],
    ['600/min', { requests: 600, seconds: 60 }],
    ['5000/h', { requests: 5000, seconds: 3600 }],
    ['off', null],
  ])('reads the rate limit %s, of users and of keys', (value, expected) => {
    const limits = readConfiguration({ RATE_LIMIT: value, RATE_LIMIT_KEYS: '1/s' });
    expect([limits.rateLimit, limits.rateLimitKeys]).toEqual([expected, { requests: 1, seconds: 1 }]);
    expect(readConfiguration({ RATE_LIMIT_KEYS: value })).toMatchObject({
      rateLimit: null,
      rateLimitKeys: expected,
    });
  });

  test.each([
    ['0s', 0],
    ['15', 15_000],
    ['1m30s', 90_000],
    ['PT20S', 20_000],
    [`${MAX_SHUTDOWN_DELAY}s`, 3_600_000],
  ])('reads the delay of the end %s', (value, expected) => {
    const production = { NODE_ENV: 'production', JWT_SECRET: secret };
    expect(readConfiguration({ ...production, SHUTDOWN_DELAY: value }).shutdownDelay).toBe(expected);
  });

  test.each([
    [undefined, true, true],
    [undefined, false, false],
    ['true', false, true],
    ['false', true, false],
  ])('formats the log for people with LOG_PRETTY=%s, on a terminal: %s', (LOG_PRETTY, terminal, expected) => {
    expect(readConfiguration({ LOG_PRETTY }, terminal).logPretty).toBe(expected);
  });
});
