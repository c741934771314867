import { spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';

/** `describe`, which skips its tests if the machine lacks a program. `test/clients/install` names what it could not install. */
export function describeWith(program: string): typeof describe | typeof describe.skip {
  return spawnSync('which', [program]).status === 0 ? describe : describe.skip;
}
