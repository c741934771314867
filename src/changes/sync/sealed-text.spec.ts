import { describe, expect, test } from '@jest/globals';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';
import { seal, unseal } from './sealed-text.js';

const keys = new SigningKeys(['one']);

describe('a sealed text', () => {
  test('is opened by the keys of the installation, and never the same twice', () => {
    const [first, second] = [seal('["ö",1]', keys), seal('["ö",1]', keys)];
    expect(first).not.toBe(second);
    for (const opening of [keys, new SigningKeys(['two', 'one'])])
      expect([first, second].map((sealed) => unseal(sealed, opening))).toEqual(['["ö",1]', '["ö",1]']);
  });

  test('of the version before is opened', () => {
    const token = 'VkgoU9rxC-fEG22OsjCLv7ORSgWAIJSWy97TNXiFsmNEwoWaDM4Grg';
    expect(unseal(token, new SigningKeys(['a secret of the version before']))).toBe('["ö",1]');
  });

  test.each<[string, (sealed: string) => string]>([
    ['of another installation', () => seal('a', new SigningKeys(['two']))],
    ['with another character', (sealed) => (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1)],
    ['cut short', (sealed) => sealed.slice(0, -4)],
    ['shorter than a tag', (sealed) => sealed.slice(0, 20)],
    ['empty', () => ''],
  ])('%s is not opened', (_, change) => {
    expect(unseal(change(seal('a text', keys)), keys)).toBeNull();
  });
});
