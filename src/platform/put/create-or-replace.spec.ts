import { describe, expect, test } from '@jest/globals';
import { DomainError } from '../../errors/domain-error.js';
import { Precondition } from '../precondition.js';
import { externalIdTaken } from '../values/external-id.js';
import { createOrReplace, ResourceGone } from './create-or-replace.js';
import type { PutCondition } from './put-condition.js';

const ANY: PutCondition = { mustBeNew: false, mustExist: false, version: Precondition.NONE };
const EMAIL_TAKEN = new DomainError('conflict', 'email_taken', 'Taken.');

/** Runs a PUT whose looks find these resources, and whose creations and replacements end so. */
async function put(
  finds: readonly (string | null)[],
  outcomes: readonly (string | Error)[],
  condition: PutCondition = ANY,
) {
  const [found, ended] = [[...finds], [...outcomes]];
  const outcome = async () => {
    const next = ended.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  const find = async () => found.shift() ?? null;
  const result = await createOrReplace(condition, {
    object: 'event',
    find,
    create: outcome,
    replace: outcome,
  });
  return { ...result, left: [found.length, ended.length] };
}

describe('a PUT', () => {
  test.each<[string, (string | null)[], (string | Error)[], boolean]>([
    ['creates what is not there', [null], ['made'], true],
    ['replaces what is there', ['a'], ['made'], false],
    ['replaces what another request has created', [null, 'a'], [externalIdTaken('event'), 'made'], false],
    ['replaces what another request has created with its address', [null, 'a'], [EMAIL_TAKEN, 'made'], false],
    [
      'creates what another request has created and deleted',
      [null, null],
      [externalIdTaken('event'), 'made'],
      true,
    ],
    ['creates what another request has deleted', ['a', null], [new ResourceGone(), 'made'], true],
    ['replaces what another request has made anew', ['a', 'b'], [new ResourceGone(), 'made'], false],
  ])('%s', async (_, finds, outcomes, created) => {
    expect(await put(finds, outcomes)).toEqual({ created, value: 'made', left: [0, 0] });
  });

  test.each<[string, (string | null)[], Error]>([
    ['a conflict of a creation that finds nothing', [null, null], EMAIL_TAKEN],
    ['another error of a creation', [null, 'a'], new Error('down')],
    ['a conflict of a replacement', ['a', 'a'], EMAIL_TAKEN],
  ])('fails with %s', async (_, finds, error) => {
    await expect(put(finds, [error, 'made'])).rejects.toBe(error);
  });

  test('ends if the resource never stays', async () => {
    const outcomes = Array.from({ length: 100 }, () => externalIdTaken('event'));
    await expect(put([], outcomes)).rejects.toEqual(externalIdTaken('event'));
  });

  test.each<[string, Partial<PutCondition>, (string | null)[]]>([
    ['that must be new and exists', { mustBeNew: true }, ['a']],
    ['that must be new and is created meanwhile', { mustBeNew: true }, [null, 'a']],
    ['that must exist and does not', { mustExist: true }, [null]],
    ['that must exist and is deleted meanwhile', { mustExist: true }, ['a', null]],
  ])('of a resource %s fails', async (_, condition, finds) => {
    const first = finds[0] === null ? externalIdTaken('event') : new ResourceGone();
    await expect(put(finds, [first, 'made'], { ...ANY, ...condition })).rejects.toMatchObject({
      kind: 'precondition-failed',
    });
  });
});
