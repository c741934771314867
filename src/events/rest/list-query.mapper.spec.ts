import { describe, expect, test } from '@jest/globals';
import { encodePageToken } from '../../http/page/page-token.js';
import { toEventListQuery, toOccurrenceListQuery } from './list-query.mapper.js';

const WINDOW = { from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z', limit: 250 };
const window = { start: Date.UTC(2026, 0, 5), end: Date.UTC(2026, 0, 6) };

describe('the query of a list', () => {
  test.each([
    [WINDOW, { window, after: null, limit: 250, showCancelled: false, maxAttendees: null, expand: false }],
    [
      { ...WINDOW, limit: 5, show_cancelled: true, max_attendees: 0, expand: true },
      { window, after: null, limit: 5, showCancelled: true, maxAttendees: 0, expand: true },
    ],
  ])('of events, %j', (dto, query) => {
    expect(toEventListQuery(dto)).toEqual(query);
  });

  test.each([
    [WINDOW, { window, after: null, limit: 250, showCancelled: false }],
    [
      { ...WINDOW, show_cancelled: true },
      { window, after: null, limit: 250, showCancelled: true },
    ],
  ])('of occurrences, %j', (dto, query) => {
    expect(toOccurrenceListQuery(dto)).toEqual(query);
  });

  test.each([
    ['events', toEventListQuery, [1, 2, 3]],
    ['occurrences', toOccurrenceListQuery, [1, 2]],
  ])('of %s goes on after a key with as many numbers as the list is sorted by', (_, read, key) => {
    expect(read({ ...WINDOW, page_token: encodePageToken(key) }).after).toEqual(key);
    expect(() => read({ ...WINDOW, page_token: encodePageToken([...key, 4]) })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'page_token' })] }),
    );
  });

  test.each([toEventListQuery, toOccurrenceListQuery])('ends after it starts (%p)', (read) => {
    expect(() => read({ ...WINDOW, to: '2026-01-04T00:00:00Z' })).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'to' })] }),
    );
  });
});
