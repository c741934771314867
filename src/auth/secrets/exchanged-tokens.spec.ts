import { describe, expect, test } from '@jest/globals';
import { TestClock } from '../../../test/support/service/test-clock.js';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';
import { AccessTokens } from './access-tokens.js';
import { type ExchangedToken, ExchangedTokens } from './exchanged-tokens.js';
import { OwnTokens } from './own-tokens.js';

const clock = new TestClock();
const own = new OwnTokens(new SigningKeys(['the secret that signs just now, of 32 bytes at least']), clock);
const tokens = new ExchangedTokens(own);
const CLAIMS: ExchangedToken = {
  userId: 7,
  generation: 2,
  tenantId: 1,
  keyId: 3,
  scopes: ['events.read', 'availability.read'],
};

describe('an exchanged token', () => {
  test('has the user, the key and the scopes, until it expires', async () => {
    const token = await tokens.issue(CLAIMS, 60);
    expect(await tokens.read(token)).toEqual(CLAIMS);
    clock.advance(60);
    expect(await tokens.read(token)).toBeNull();
  });

  test('is no access token, so that an instance that knows no scopes refuses it', async () => {
    expect(await new AccessTokens(own).read(await tokens.issue(CLAIMS, 60))).toBeNull();
  });

  test.each<[string, Record<string, unknown>]>([
    ['a tenant', { tenant: '1' }],
    ['a key', { key: 'x' }],
    ['scopes', { scope: undefined }],
    ['a generation', { gen: '2' }],
  ])('without %s is refused', async (_, differences) => {
    const claims = { gen: 2, tenant: 1, key: 3, scope: 'events.read', ...differences };
    const token = await own.sign({ type: 'exchanged+jwt', userId: 7, claims, lifetime: 60 });
    expect(await tokens.read(token)).toBeNull();
  });

  test('keeps no scope that this version does not know', async () => {
    const claims = { gen: 2, tenant: 1, key: 3, scope: 'events.read root' };
    const token = await own.sign({ type: 'exchanged+jwt', userId: 7, claims, lifetime: 60 });
    expect((await tokens.read(token))?.scopes).toEqual(['events.read']);
  });
});
