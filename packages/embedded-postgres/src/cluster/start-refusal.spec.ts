import { describe, expect, test } from '@jest/globals';
import { startRefusal } from './start-refusal.js';

describe('the error of a program of PostgreSQL that gave up', () => {
  test.each([
    [
      'FATAL:  could not write lock file "postmaster.pid": No space left on device',
      'could not write lock file "postmaster.pid": No space left on device',
      'make room on the disk',
    ],
    [
      'LOG:  starting\nFATAL:  lock file "postmaster.pid" already exists\nHINT:  Is another postmaster running?',
      'lock file "postmaster.pid" already exists',
      'stop the other server that uses the data',
    ],
    [
      'initdb: error: could not change permissions of directory: Permission denied',
      'could not change permissions of directory: Permission denied',
      'let the account of the service alone read and write them',
    ],
    [
      'FATAL:  database files are incompatible with server',
      'database files are incompatible with server',
      'start the version of the service that made the data',
    ],
    ['the last line counts\nif none names an error.', 'if none names an error', 'see the log'],
    ['', 'without a message', 'see the log'],
  ])('of %p', (output, reason, remedy) => {
    const error = startRefusal('The server does not start', output, 'see the log');
    expect([error.problem, error.remedy]).toEqual([`The server does not start (${reason})`, remedy]);
  });
});
