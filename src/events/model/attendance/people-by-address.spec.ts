import { expect, test } from '@jest/globals';
import { peopleByAddress } from './people-by-address.js';

const named = (address: string, role?: 'required' | 'optional') => ({
  address,
  email: address,
  ...(role && { role }),
});
const USERS = new Map([
  ['ann@x.example', 1],
  ['bob@x.example', 2],
]);

test('people by their addresses are users, in the roles that are named, and guests', () => {
  const [bob, zoe, ann] = [
    named('bob@x.example', 'optional'),
    named('zoe@x.example'),
    named('ann@x.example'),
  ];
  expect(peopleByAddress([bob, zoe, ann], USERS, 9)).toEqual({
    userIds: [2, 1],
    roles: new Map([[2, 'optional']]),
    guests: [zoe],
  });
});

test('the organizer is neither invited nor a guest', () => {
  const people = peopleByAddress([named('ann@x.example', 'optional')], USERS, 1);
  expect(people).toEqual({ userIds: [], roles: new Map(), guests: [] });
});
