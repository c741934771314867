import { describe, expect, test } from '@jest/globals';
import { MAX_URL_LENGTH } from '../../../platform/values/web-url.js';
import {
  appearanceFaults,
  type EventAppearance,
  MAX_CATEGORIES,
  MAX_CATEGORY_LENGTH,
  MAX_CONFERENCE_TEXT_LENGTH,
} from './event-appearance.js';

const URL_START = 'https://crm.example/';
const CONFERENCE = { url: null, provider: null, phone: '112', pin: null };

function categories(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `category ${index}`);
}

function url(length: number): string {
  return URL_START.padEnd(length, 'x');
}

describe('the appearance of an event', () => {
  test.each<[string, Partial<EventAppearance>]>([
    ['of a command that names nothing', {}],
    ['without anything', { url: null, color: null, categories: [], conference: null }],
    ['with the longest URL', { url: url(MAX_URL_LENGTH) }],
    ['with a URL of another case', { url: 'HTTP://crm.example/a?b#c' }],
    ['with a color', { color: '#1a73e8' }],
    ['with as many categories as possible', { categories: categories(MAX_CATEGORIES) }],
    ['with the longest category', { categories: ['x'.repeat(MAX_CATEGORY_LENGTH)] }],
    ['with a conference by phone', { conference: CONFERENCE }],
    ['with a conference at a URL', { conference: { ...CONFERENCE, url: URL_START, phone: null } }],
    ['with the longest PIN', { conference: { ...CONFERENCE, pin: '1'.repeat(MAX_CONFERENCE_TEXT_LENGTH) } }],
  ])('%s has no fault', (_, appearance) => {
    expect(appearanceFaults(appearance)).toEqual([]);
  });

  test.each<[string, Partial<EventAppearance>, string]>([
    ['with a longer URL', { url: url(MAX_URL_LENGTH + 1) }, 'url'],
    ['with a script in place of a URL', { url: 'javascript:alert(1)' }, 'url'],
    ['with a path', { url: '/cases/42' }, 'url'],
    ['with a space in a URL', { url: 'https://crm.example/a b' }, 'url'],
    ['with a URL without a host', { url: 'https://' }, 'url'],
    ['with a color by name', { color: 'red' }, 'color'],
    ['with a short color', { color: '#fff' }, 'color'],
    ['with more categories', { categories: categories(MAX_CATEGORIES + 1) }, 'categories'],
    ['with a longer category', { categories: ['x'.repeat(MAX_CATEGORY_LENGTH + 1)] }, 'categories'],
    ['with an empty category', { categories: [' '] }, 'categories'],
    ['with a category twice', { categories: ['a', 'b', 'a'] }, 'categories'],
    ['with a conference nowhere', { conference: { ...CONFERENCE, phone: null } }, 'conference'],
    ['with a conference at no page', { conference: { ...CONFERENCE, url: 'tel:112' } }, 'conference.url'],
    [
      'with a longer provider',
      { conference: { ...CONFERENCE, provider: 'x'.repeat(MAX_CONFERENCE_TEXT_LENGTH + 1) } },
      'conference.provider',
    ],
  ])('%s is at fault at its field', (_, appearance, field) => {
    expect(appearanceFaults(appearance)).toEqual([{ field, message: expect.stringMatching(/must /) }]);
  });
});
