import { describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../configuration.js';

describe('the configuration of delivery', () => {
  test('reads the key of webhooks as it is, or in the form that Standard Webhooks libraries share', () => {
    const key = Buffer.from('a key of twenty-four bytes or more');
    for (const WEBHOOK_SECRET of [key.toString(), `whsec_${key.toString('base64')}`])
      expect(readConfiguration({ WEBHOOK_SECRET }).webhookSecret).toEqual(key);
  });

  test('sends email from the server that takes it, unless it is told whom from', () => {
    const SMTP_URL = 'smtps://user:password@mail.example.com:465';
    expect(readConfiguration({ SMTP_URL }).smtpFrom).toBe('calendar@mail.example.com');
    const SMTP_FROM = 'Calendar <no-reply@example.com>';
    expect(readConfiguration({ SMTP_URL, SMTP_FROM }).smtpFrom).toBe(SMTP_FROM);
  });

  test('reads keys of webhooks of 24 to 64 bytes in the form of Standard Webhooks', () => {
    for (const key of [Buffer.alloc(24, 1), Buffer.alloc(64, 255)]) {
      const WEBHOOK_SECRET = `whsec_${key.toString('base64')}`;
      expect(readConfiguration({ WEBHOOK_SECRET }).webhookSecret).toEqual(key);
    }
  });

  test.each([
    'nota',
    '@example.com',
    'calendar@',
    'Calendar calendar@example.com',
    'Calendar <nota>',
    '<a@b> x',
    'a@b, c@d',
  ])('names SMTP_FROM when it is %s', (SMTP_FROM) => {
    expect(() => readConfiguration({ SMTP_FROM })).toThrow(/^SMTP_FROM must be an email address, such as /);
  });

  test.each([
    'no-reply@example.com',
    'calendar@localhost',
    '<a@b.example>',
    '"Calendar, of us" <a@b.example>',
  ])('sends email from %s', (SMTP_FROM) => {
    expect(readConfiguration({ SMTP_FROM }).smtpFrom).toBe(SMTP_FROM);
  });
});
