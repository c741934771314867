import { describe, expect, test } from '@jest/globals';
import { checkJsonText, MAX_BODY_DEPTH } from './json-text.js';

function nested(depth: number): string {
  return '['.repeat(depth) + ']'.repeat(depth);
}

describe('the check of JSON text', () => {
  test('allows containers to the depth limit and refuses one more', () => {
    expect(() => checkJsonText(nested(MAX_BODY_DEPTH))).not.toThrow();
    expect(() => checkJsonText(nested(MAX_BODY_DEPTH + 1))).toThrow('more than 32 arrays and objects');
    expect(() => checkJsonText('{"a":'.repeat(MAX_BODY_DEPTH + 1))).toThrow('more than 32');
    expect(() => checkJsonText('{"a":['.repeat(50_000))).toThrow('more than 32');
  });

  test('counts open containers only, and none in a string', () => {
    expect(() => checkJsonText(`[${'[],'.repeat(1000)}[]]`)).not.toThrow();
    expect(() => checkJsonText(JSON.stringify({ a: '['.repeat(1000), 'b"{': '\\"[[' }))).not.toThrow();
  });

  test.each([
    ['{"organizer_user_id":1.0}', 'organizer_user_id'],
    ['{"id":1e3}', 'id'],
    ['{"a":[{"id":1},{"user_id" : 1E0 }]}', 'a.1.user_id'],
    ['{"invited_user_ids":[1,2,3.0]}', 'invited_user_ids.2'],
  ])('refuses the id in %s', (text, field) => {
    expect(() => checkJsonText(text)).toThrow(`${field}: must be an integer in digits`);
  });

  test.each([
    '{"id":1,"user_ids":[1,2]}',
    '{"duration":3600.0,"paid":1e3,"grid":[1.5]}',
    '{"id":"1.0","user_ids":["1e3"]}',
    '{"id":true,"user_id":false}',
    '1.0',
    'no JSON at all: }]}] 1.0',
  ])('lets %s pass', (text) => {
    expect(() => checkJsonText(text)).not.toThrow();
  });
});
