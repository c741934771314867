import { describe, expect, test } from '@jest/globals';
import { SealedSecrets } from './sealed-secrets.js';
import { SigningKeys } from './signing-keys.js';

const sealedBy = (...secrets: string[]) => new SealedSecrets(new SigningKeys(secrets));

describe('a sealed secret', () => {
  test('is opened by the key that sealed it, and never the same twice', () => {
    const secrets = sealedBy('one');
    const [first, second] = [secrets.seal('whsec_ö'), secrets.seal('whsec_ö')];
    expect(first).not.toBe(second);
    expect([first, second].map((text) => secrets.open(text))).toEqual(['whsec_ö', 'whsec_ö']);
    expect(first).not.toContain('whsec');
  });

  test('is opened while its key is one of several, and sealed by the first one', () => {
    const old = sealedBy('old').seal('a');
    const both = sealedBy('new', 'old');
    expect(both.open(old)).toBe('a');
    expect(old.startsWith(both.presentPrefix)).toBe(false);
    expect(both.seal('a').startsWith(both.presentPrefix)).toBe(true);
    expect(sealedBy('new').open(both.seal('a'))).toBe('a');
  });

  test('of the version before is opened', () => {
    const stored = 'a8c5c36a.aRDKOGlQo0SISlaaqWUR3bSL3Hcie_5N4zIyu-kyFvymZwd_';
    expect(sealedBy('a secret of the version before').open(stored)).toBe('whsec_ö');
  });

  test.each<[string, (text: string) => string]>([
    ['of another installation', () => sealedBy('two').seal('a')],
    ['with another character', (text) => text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A')],
    ['cut short', (text) => text.slice(0, 20)],
    ['without a key', () => 'whsec_AAAA'],
    ['empty', () => ''],
  ])('%s is not opened', (_, change) => {
    const secrets = sealedBy('one');
    expect(secrets.open(change(secrets.seal('a secret')))).toBeNull();
  });
});
