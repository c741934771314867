import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { TestClock } from '../../../test/support/service/test-clock.js';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';
import { ACCESS_TOKEN_LIFETIME, AccessTokens } from './access-tokens.js';
import { OwnTokens, TOKEN_AUDIENCE, TOKEN_ISSUER } from './own-tokens.js';

const SECRET = 'the secret that signs just now, of 32 bytes at least';
const OLD_SECRET = 'the secret that signed before, of 32 bytes at least';

const clock = new TestClock();
const tokens = accessTokens([SECRET, OLD_SECRET]);

function accessTokens(secrets: readonly string[], at = clock): AccessTokens {
  return new AccessTokens(new OwnTokens(new SigningKeys(secrets), at));
}

function claims(differences: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(clock.now().getTime() / 1000);
  return { iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, sub: '7', iat: now, exp: now + 60, ...differences };
}

async function signed(
  differences: Record<string, unknown>,
  { secret = SECRET, alg = 'HS256', typ = 'at+jwt' } = {},
): Promise<string> {
  return new SignJWT(claims(differences))
    .setProtectedHeader({ alg, typ })
    .sign(createSecretKey(Buffer.from(secret)));
}

async function userOf(issuing: AccessTokens, token: string): Promise<number | null> {
  return (await issuing.read(token))?.userId ?? null;
}

describe('access tokens', () => {
  test('contain their user until they expire', async () => {
    const later = new TestClock();
    const issuing = accessTokens([SECRET], later);
    const token = await issuing.issue({ tenantId: 1, userId: 7, generation: 0 }, true);
    expect(await userOf(issuing, token)).toBe(7);
    later.advance(ACCESS_TOKEN_LIFETIME - 1);
    expect(await userOf(issuing, token)).toBe(7);
    later.advance(1);
    expect(await userOf(issuing, token)).toBeNull();
  });

  test.each([
    ['a login', true, clock.now()],
    ['a refresh', false, null],
  ])('of %s have the generation, and the time of the login', async (_, login, authenticatedAt) => {
    const token = await tokens.issue({ tenantId: 1, userId: 7, generation: 3 }, login);
    expect(await tokens.read(token)).toEqual({ tenantId: 1, userId: 7, generation: 3, authenticatedAt });
  });

  test('without a generation belong to generation 0', async () => {
    expect(await tokens.read(await signed({}))).toEqual({
      tenantId: 1,
      userId: 7,
      generation: 0,
      authenticatedAt: null,
    });
  });

  test('of an old secret are accepted, and of an unknown secret refused', async () => {
    expect(await userOf(tokens, await signed({}))).toBe(7);
    expect(await userOf(tokens, await signed({}, { secret: OLD_SECRET }))).toBe(7);
    expect(await userOf(tokens, await signed({}, { secret: `${SECRET}!` }))).toBeNull();
  });

  test('are signed by the first secret', async () => {
    const token = await tokens.issue({ tenantId: 1, userId: 7, generation: 0 }, true);
    expect(await userOf(accessTokens([SECRET]), token)).toBe(7);
    expect(await userOf(accessTokens([OLD_SECRET]), token)).toBeNull();
  });

  test.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'another-api' }],
    ['no audience', { aud: undefined }],
    ['another issuer', { iss: 'another-backend' }],
    ['no end', { exp: undefined }],
    ['an end in the past', { exp: 1 }],
    ['a beginning in the future', { nbf: 4_102_444_800 }],
    ['no user', { sub: undefined }],
    ['a user that is no id', { sub: '7 OR 1=1' }],
    ['a user beyond all ids', { sub: '9999999999' }],
    ['the user 0', { sub: '0' }],
    ['a generation that is no number', { gen: '0' }],
  ])('are refused with %s', async (_, differences) => {
    expect(await userOf(tokens, await signed(differences))).toBeNull();
  });

  test.each([
    ['another algorithm', { alg: 'HS512' }],
    ['another type', { typ: 'JWT' }],
  ])('are refused with %s', async (_, header) => {
    expect(await userOf(tokens, await signed({}, header))).toBeNull();
  });

  test('are refused with alg none', async () => {
    expect(await userOf(tokens, new UnsecuredJWT(claims()).encode())).toBeNull();
    const [, payload] = (await signed({})).split('.');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    expect(await userOf(tokens, `${none}.${payload}.`)).toBeNull();
  });

  test('are refused by a key of their own', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt' })
      .sign(privateKey);
    expect(await userOf(tokens, token)).toBeNull();
  });

  test('are refused when tampered with', async () => {
    const [header, , signature] = (await signed({})).split('.');
    const payload = Buffer.from(JSON.stringify(claims({ sub: '8' }))).toString('base64url');
    expect(await userOf(tokens, `${header}.${payload}.${signature}`)).toBeNull();
  });

  test.each(['', '.', '..', 'a.b.c', 'eyJ', '7'])('are refused when they are none: %j', async (text) => {
    expect(await userOf(tokens, text)).toBeNull();
  });
});
