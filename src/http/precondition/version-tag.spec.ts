import { describe, expect, test } from '@jest/globals';
import { parseIfMatch, versionTag } from './version-tag.js';

describe('If-Match', () => {
  test.each([
    [undefined, 3],
    ['*', 3],
    [versionTag(3), 3],
    ['"3-5f2a"', 3],
    ['"2", "3"', 3],
  ])('%s holds for version %d', (header, version) => {
    expect(() => parseIfMatch(header).expect(version)).not.toThrow();
  });

  test.each([
    ['"3"', 4],
    ['"3-5f2a"', 4],
    ['W/"3"', 3],
    ['"03"', 3],
    ['"elsewhere"', 3],
    ['""', 3],
  ])('%s does not hold for version %d', (header, version) => {
    expect(() => parseIfMatch(header).expect(version)).toThrow(
      expect.objectContaining({ kind: 'precondition-failed' }),
    );
  });

  test.each(['3', '"3', '"3" "4"', '', '"3",'])('refuses %p', (header) => {
    expect(() => parseIfMatch(header)).toThrow(
      expect.objectContaining({ kind: 'invalid', errors: [expect.objectContaining({ field: 'If-Match' })] }),
    );
  });
});
