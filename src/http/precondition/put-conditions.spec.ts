import { describe, expect, test } from '@jest/globals';
import { putConditionOf } from './put-conditions.js';

describe('the condition of a PUT', () => {
  test.each([
    [{}, { mustBeNew: false, mustExist: false }],
    [{ 'if-none-match': ' * ' }, { mustBeNew: true, mustExist: false }],
    [{ 'if-match': '*' }, { mustBeNew: false, mustExist: true }],
    [{ 'if-match': '"3"' }, { mustBeNew: false, mustExist: true }],
  ])('%j', (headers, condition) => {
    expect(putConditionOf(headers, true)).toMatchObject(condition);
  });

  test('has the versions of If-Match', () => {
    const { version } = putConditionOf({ 'if-match': '"3"' }, true);
    expect(() => version.expect(3)).not.toThrow();
    expect(() => version.expect(4)).toThrow(expect.objectContaining({ kind: 'precondition-failed' }));
  });

  test('of a resource without versions has no If-Match', () => {
    const { mustExist, version } = putConditionOf({ 'if-match': '"3"' }, false);
    expect(mustExist).toBe(false);
    expect(() => version.expect(4)).not.toThrow();
  });

  test.each(['"3"', 'a', ''])('is refused with If-None-Match: %s', (header) => {
    expect(() => putConditionOf({ 'if-none-match': header }, true)).toThrow(
      expect.objectContaining({ errors: [{ field: 'If-None-Match', message: 'must be *' }] }),
    );
  });
});
