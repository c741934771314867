import { expect, test } from '@jest/globals';
import { isConnectionFailure } from './connection-failure.js';

function errorOf(code: string | undefined, message: string): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}

test.each([
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432', true],
  ['ENETUNREACH', 'connect ENETUNREACH', true],
  ['57P03', 'the database system is starting up', true],
  ['08P01', 'server login has been failing, cached error: connect failed (server_login_retry)', true],
  ['08P01', 'query_wait_timeout', true],
  ['08P01', 'server login has been failing, cached error: password authentication failed', false],
  ['08P01', 'unsupported startup parameter: options', false],
  ['28P01', 'password authentication failed for user "ann"', false],
  ['3D000', 'database "calendar" does not exist', false],
  [undefined, 'timeout expired', true],
  [undefined, 'no such thing', false],
])('whether another attempt may succeed after %s, %s: %s', (code, message, expected) => {
  expect(isConnectionFailure(errorOf(code, message))).toBe(expected);
});
