import { expect, test } from '@jest/globals';
import { defaultNameOf, webUrlOf } from './subscribed-url.js';

test.each([
  ['webcal://example.com/a.ics', 'https://example.com/a.ics'],
  ['WEBCAL://example.com/a.ics', 'https://example.com/a.ics'],
  ['webcals://example.com/a.ics', 'https://example.com/a.ics'],
  ['https://example.com/webcal:a', 'https://example.com/webcal:a'],
  ['http://example.com/a.ics', 'http://example.com/a.ics'],
])('the calendar at %s is fetched from %s', (text, url) => {
  expect(webUrlOf(text)).toBe(url);
});

test('a calendar has the name of its host, as far as a name of a calendar goes', () => {
  expect(defaultNameOf('https://user.example.com:8443/a.ics')).toBe('user.example.com');
  expect(defaultNameOf(`https://${'a.'.repeat(60)}example.com/a.ics`)).toBe('a.'.repeat(50));
});
