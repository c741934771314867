import { describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Passwords } from './passwords.js';

const passwords = new Passwords(new UnitOfWork(new DataSource({ type: 'postgres' })));

describe('passwords', () => {
  test('are hashed by argon2id at the recommended cost, each with its salt', async () => {
    const [first, second] = await Promise.all([
      passwords.hash('secret words'),
      passwords.hash('secret words'),
    ]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(second).not.toBe(first);
  });

  test.each([
    ['the same', 'secret words', true],
    ['another', 'secret word', false],
    ['another case', 'Secret words', false],
    ['none', '', false],
  ])('match %s: %s', async (_, said, expected) => {
    expect(await passwords.match(await passwords.hash('secret words'), said)).toBe(expected);
  });

  test('match however a keyboard composes their characters', async () => {
    expect(
      await passwords.match(await passwords.hash('caf\u00e9 cr\u00e8me'), 'cafe\u0301 cre\u0300me'),
    ).toBe(true);
  });

  test('match nothing where there is no hash', async () => {
    expect(await passwords.match(null, 'secret words')).toBe(false);
  });
});
