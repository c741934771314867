import { describe, expect, test } from '@jest/globals';
import { Precondition } from './precondition.js';

describe('a precondition', () => {
  test.each([
    ['none', Precondition.NONE, 7],
    ['of that version', Precondition.ofVersions([7]), 7],
    ['of several versions', Precondition.ofVersions([6, 7]), 7],
  ])('%s holds', (_, precondition, version) => {
    expect(() => precondition.expect(version)).not.toThrow();
  });

  test.each([
    ['of an earlier version', Precondition.ofVersions([6])],
    ['of a later version', Precondition.ofVersions([8])],
    ['of no version', Precondition.ofVersions([])],
  ])('%s fails', (_, precondition) => {
    expect(() => precondition.expect(7)).toThrow(
      expect.objectContaining({ kind: 'precondition-failed', code: 'precondition_failed' }),
    );
  });
});
