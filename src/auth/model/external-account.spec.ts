import { expect, test } from '@jest/globals';
import { nameOfAccount } from './external-account.js';

test.each([
  ['the name at the provider', 'Ann Lee', 'ann@example.com', 'Ann Lee'],
  ['the local part without a name', null, 'ann@example.com', 'ann'],
  ['the local part if the name is empty', '', 'ann@example.com', 'ann'],
  ['the local part if the name is too long', 'a'.repeat(201), 'ann@example.com', 'ann'],
  ['all before the last @', null, '"a@b"@example.com', '"a@b"'],
  ['no more than the column can store', null, `${'a'.repeat(201)}@example.com`, 'a'.repeat(200)],
])('an account has %s', (_, name, email, expected) => {
  expect(nameOfAccount({ name }, email)).toBe(expected);
});
