import { describe, expect, test } from '@jest/globals';
import { newResetToken, ownerOfResetToken } from './reset-token.js';

const SECRET = 'jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE';

describe('a token that resets a password', () => {
  test.each([
    [1, 1],
    [7, 2_147_483_647],
  ])('names tenant %d and user %d', (tenantId, userId) => {
    const token = newResetToken({ tenantId, userId });
    expect(ownerOfResetToken(token)).toEqual({ tenantId, userId });
    expect(newResetToken({ tenantId, userId })).not.toBe(token);
  });

  test.each([
    ['no owner', SECRET],
    ['an owner alone', '1.1.'],
    ['no tenant', `1.${SECRET}`],
    ['a user beyond all ids', `1.2147483648.${SECRET}`],
    ['a tenant beyond all ids', `2147483648.1.${SECRET}`],
    ['the user 0', `1.0.${SECRET}`],
    ['a user in another spelling', `1.01.${SECRET}`],
    ['a sign', `1.-1.${SECRET}`],
    ['a shorter secret', `1.1.${SECRET.slice(1)}`],
    ['a line more', `1.1.${SECRET}\n`],
    ['nothing', ''],
  ])('names no user if it has %s', (_, token) => {
    expect(ownerOfResetToken(token)).toBeNull();
  });
});
