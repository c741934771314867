import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { TestClock } from '../../../test/support/service/test-clock.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';
import { MAX_KEPT_TOKEN_LENGTH, OwnTokens, TOKEN_AUDIENCE, TOKEN_ISSUER } from './own-tokens.js';

const SECRET = 'the secret that signs just now, of 32 bytes at least';
const LIFETIME = 60;

function tokensOf(clock: TestClock, secret = SECRET): OwnTokens {
  return new OwnTokens(new SigningKeys([secret]), clock);
}

async function signed(tokens: OwnTokens, claims: Record<string, unknown> = {}): Promise<string> {
  return tokens.sign({ type: 'at+jwt', userId: 7, claims, lifetime: LIFETIME });
}

describe('a token that was read before', () => {
  test('has the same claims, which are not read again', async () => {
    const tokens = tokensOf(new TestClock());
    const token = await signed(tokens);
    const first = await tokens.read('at+jwt', token);
    expect(first).toMatchObject({ sub: '7' });
    expect(await tokens.read('at+jwt', token)).toBe(first);
  });

  test('is valid until the second in which it expires', async () => {
    const clock = new TestClock();
    const tokens = tokensOf(clock);
    const token = await signed(tokens);
    expect(await tokens.read('at+jwt', token)).not.toBeNull();
    clock.advance(LIFETIME - 1);
    expect(await tokens.read('at+jwt', token)).not.toBeNull();
    expect(await tokensOf(clock).read('at+jwt', token)).not.toBeNull();
    clock.advance(1);
    expect(await tokens.read('at+jwt', token)).toBeNull();
    expect(await tokensOf(clock).read('at+jwt', token)).toBeNull();
  });

  test('is valid from its nbf on, also if the clock goes back', async () => {
    const clock = new TestClock();
    const tokens = tokensOf(clock);
    const now = Math.floor(clock.now().getTime() / SECOND);
    const token = await new SignJWT({ iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, sub: '7', nbf: now })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME)
      .sign(createSecretKey(Buffer.from(SECRET)));
    expect(await tokens.read('at+jwt', token)).not.toBeNull();
    clock.advance(-1);
    expect(await tokens.read('at+jwt', token)).toBeNull();
  });

  test('is still of its own type alone', async () => {
    const tokens = tokensOf(new TestClock());
    const token = await signed(tokens);
    expect(await tokens.read('at+jwt', token)).not.toBeNull();
    expect(await tokens.read('exchanged+jwt', token)).toBeNull();
    expect(await tokens.read('at+jwt', token)).not.toBeNull();
  });

  test.each<[string, (token: string) => string]>([
    ['another signature', (token) => token.replace(/[^.]+$/, 'c2ln')],
    ['other claims', (token) => token.replace(/\.[^.]+\./, '.eyJzdWIiOiI4In0.')],
    ['no signature', (token) => token.replace(/[^.]+$/, '')],
    ['a space', (token) => ` ${token}`],
  ])('does not make a text with %s valid', async (_, change) => {
    const tokens = tokensOf(new TestClock());
    const token = await signed(tokens);
    expect(await tokens.read('at+jwt', token)).not.toBeNull();
    expect(await tokens.read('at+jwt', change(token))).toBeNull();
  });

  test('is not valid for an installation with another secret', async () => {
    const clock = new TestClock();
    const tokens = tokensOf(clock);
    const token = await signed(tokens);
    expect(await tokens.read('at+jwt', token)).not.toBeNull();
    expect(await tokensOf(clock, `${SECRET}, but another`).read('at+jwt', token)).toBeNull();
  });

  test('is verified again if it is too long to be kept', async () => {
    const tokens = tokensOf(new TestClock());
    const token = await signed(tokens, { text: 'x'.repeat(MAX_KEPT_TOKEN_LENGTH) });
    const first = await tokens.read('at+jwt', token);
    const second = await tokens.read('at+jwt', token);
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
  });
});
