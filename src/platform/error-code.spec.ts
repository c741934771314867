import { expect, test } from '@jest/globals';
import { errorCode } from './error-code.js';

test.each([
  [Object.assign(new Error('of Node.js'), { code: 'ENOENT' }), 'ENOENT'],
  [{ code: '23505' }, '23505'],
  [{ code: 7 }, null],
  [new Error('of no code'), null],
  ['ENOENT', null],
  [null, null],
  [undefined, null],
])('the code of %p is %p', (error, code) => {
  expect(errorCode(error)).toBe(code);
});
