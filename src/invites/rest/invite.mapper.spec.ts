import { describe, expect, test } from '@jest/globals';
import type { AnsweredInvite } from '../../events/model/attendance/invite-record.js';
import { encodePageToken } from '../../http/page/page-token.js';
import { toAnswer, toInviteDto, toInvitesQuery } from './invite.mapper.js';

const invite: AnsweredInvite = {
  inviteId: 7,
  eventId: 3,
  userId: 2,
  guest: null,
  status: 'tentative',
  comment: 'Perhaps.',
  createdAt: new Date('2022-09-06T14:16:47.878Z'),
  updatedAt: new Date('2022-09-07T14:16:47.878Z'),
};

describe('an invite', () => {
  test('has these fields', () => {
    expect(toInviteDto(invite)).toEqual({
      id: 7,
      event_id: 3,
      user_id: 2,
      guest: null,
      status: 'tentative',
      comment: 'Perhaps.',
      created_at: '2022-09-06T14:16:47.878Z',
      updated_at: '2022-09-07T14:16:47.878Z',
    });
  });

  test.each([
    ['an instant', false, '2022-09-12T14:16:47Z'],
    ['a date in the zone of an all-day event', true, '2022-09-13'],
  ])('names the occurrence of its answer by %s', (_, allDay, expected) => {
    const instant = Date.UTC(2022, 8, 12, 14, 16, 47);
    const originalStart = { allDay, timeZone: 'Pacific/Auckland', instant };
    expect(toInviteDto({ ...invite, originalStart }).original_start).toBe(expected);
  });
});

describe('a page of invites', () => {
  test.each([
    ['begins with the first invite', { limit: 250 }, { status: undefined, after: null, limit: 250 }],
    [
      'begins after the last invite of the page before',
      { limit: 10, page_token: encodePageToken([7]), status: 'accepted' as const },
      { status: 'accepted', after: [7], limit: 10 },
    ],
  ])('%s', (_, query, expected) => {
    expect(toInvitesQuery(query)).toEqual(expected);
  });

  test('is not found by the token of another list', () => {
    const query = { limit: 10, page_token: encodePageToken([7, 8]) };
    expect(() => toInvitesQuery(query)).toThrow('page_token: is not the token of a page of this list');
  });
});

describe('an answer', () => {
  test.each([
    ['keeps the comment', {}, {}],
    ['has a comment', { comment: 'Late.' }, { comment: 'Late.' }],
    ['removes the comment by null', { comment: null }, { comment: null }],
    ['removes the comment by an empty text', { comment: '' }, { comment: null }],
  ])('%s', (_, input, expected) => {
    expect(toAnswer(input)).toEqual(expected);
  });

  test('names the occurrence', () => {
    expect(toAnswer({ original_start: '2022-09-12T14:16:47Z' }).originalStart).toBeDefined();
  });
});
