import { describe, expect, test } from '@jest/globals';
import type { NewReminder } from '../reminder.js';
import { type ReminderChannels, validReminders } from './valid-reminders.js';

const ALL: ReminderChannels = { email: true, webhooks: true, privateAddresses: false };

function webhook(url: string | undefined): NewReminder {
  return { minutesBefore: 10, method: 'webhook', ...(url !== undefined && { url }) };
}

describe('reminders', () => {
  test('are stored with the normalised URL of a webhook', () => {
    const reminders: NewReminder[] = [
      { minutesBefore: 0, method: 'log' },
      { minutesBefore: 10, method: 'email' },
      webhook('HTTPS://Example.com'),
    ];
    expect(validReminders('reminders', reminders, ALL)).toEqual([
      { minutesBefore: 0, method: 'log' },
      { minutesBefore: 10, method: 'email' },
      { minutesBefore: 10, method: 'webhook', url: 'https://example.com/' },
    ]);
  });

  test.each<[string, NewReminder[], Partial<ReminderChannels>, string]>([
    [
      'two of one method at one time',
      [
        { minutesBefore: 5, method: 'log' },
        { minutesBefore: 5, method: 'log' },
      ],
      {},
      'reminders.1: is the same as `reminders`.0',
    ],
    [
      'an email without SMTP',
      [{ minutesBefore: 5, method: 'email' }],
      { email: false },
      'reminders.0.method: email',
    ],
    [
      'a webhook without a secret',
      [webhook('https://example.com')],
      { webhooks: false },
      'reminders.0.method: webhook',
    ],
    ['a webhook without a URL', [webhook(undefined)], {}, 'reminders.0.url: is required'],
    [
      'a URL for another method',
      [{ minutesBefore: 5, method: 'log', url: 'https://example.com' }],
      {},
      'reminders.0.url: goes with',
    ],
    ['a text that is no URL', [webhook('example')], {}, 'reminders.0.url: must be an http or https URL'],
    ['another scheme', [webhook('ftp://example.com')], {}, 'reminders.0.url: must be an http or https URL'],
    [
      'a password in the URL',
      [webhook('https://ann:secret@example.com')],
      {},
      'must not hold a user or password',
    ],
    ['a private address', [webhook('http://10.0.0.1')], {}, 'must be at a public address'],
    ['localhost', [webhook('http://localhost:8080')], {}, 'must be at a public address'],
  ])('are refused: %s', (_, reminders, delivery, message) => {
    expect(() => validReminders('reminders', reminders, { ...ALL, ...delivery })).toThrow(message);
  });

  test('may call a private address where the installation allows it', () => {
    const allowed = { ...ALL, privateAddresses: true };
    expect(validReminders('reminders', [webhook('http://10.0.0.1')], allowed)).toEqual([
      { minutesBefore: 10, method: 'webhook', url: 'http://10.0.0.1/' },
    ]);
  });
});
