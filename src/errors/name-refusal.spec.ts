import { describe, expect, test } from '@jest/globals';
import { DomainError, invalidInput, notFound } from './domain-error.js';
import { acceptMembers, allAccepted, forMember, inList, UNNAMED } from './name-refusal.js';
import { timedOut } from './service-unavailable.js';

const TAKEN = new DomainError('conflict', 'time_taken', 'User 1 is busy.', [
  { field: 'start', message: 'user 1 is busy' },
]);

describe('the refusal of a member', () => {
  test.each<[string, DomainError, string, string]>([
    [
      'names the field',
      invalidInput({ field: 'start', message: 'is required' }),
      'requests[3].start: is required',
      'requests[3].start',
    ],
    ['names the member, if it has no field', notFound('event', 7), 'requests[3]: No event 7.', 'requests[3]'],
    ['keeps a detail of its own', TAKEN, 'requests[3]: User 1 is busy.', 'requests[3].start'],
  ])('%s', (_, refusal, detail, field) => {
    const { kind, code } = refusal;
    expect(inList('requests')(3, refusal)).toMatchObject({ kind, code, detail, errors: [{ field }] });
  });

  test('keeps its further members', () => {
    const taken = new DomainError('conflict', 'taken', 'It is taken.', [], { members: { id: 7 } });
    expect(inList('ids')(0, taken).members).toEqual({ id: 7 });
  });

  test('stays as it is, if the request has one member', () => {
    expect(UNNAMED(0, TAKEN)).toBe(TAKEN);
  });
});

function refuse(error: Error): never {
  throw error;
}

function refuseB(member: string): string {
  return member === 'b' ? refuse(TAKEN) : member;
}

describe('the work of members', () => {
  const requests = inList('requests');

  test('ends at the first that is refused, and names it', () => {
    const { accepted, refusal } = acceptMembers(requests, allAccepted(['a', 'b', 'b']), refuseB);
    expect(accepted).toEqual(['a']);
    expect(refusal?.detail).toMatch(/^requests\[1\]/);
    expect(acceptMembers(requests, allAccepted(['a', 'c']), refuseB)).toEqual(allAccepted(['a', 'c']));
  });

  test('keeps the refusal of a later member only if it accepts those before', () => {
    const later = requests(2, TAKEN);
    const refusalOf = (...members: string[]) =>
      acceptMembers(requests, { accepted: members, refusal: later }, refuseB).refusal?.detail;
    expect(refusalOf('a', 'a')).toMatch(/^requests\[2\]/);
    expect(refusalOf('a', 'b')).toMatch(/^requests\[1\]/);
  });

  test('is named after the member at a place', async () => {
    await expect(forMember(requests, 2, async () => refuse(TAKEN))).rejects.toThrow(/^requests\[2\]/);
  });

  test.each([timedOut(), new TypeError('a fault of the service')])('has errors of no member: %s', (error) => {
    expect(() => acceptMembers(requests, allAccepted([1]), () => refuse(error))).toThrow(error);
  });
});
