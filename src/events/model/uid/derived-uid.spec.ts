import { describe, expect, test } from '@jest/globals';
import { derivedUid, eventOfUid, redactedUid } from './derived-uid.js';

const INSTALLATION = '7d5e6f0a-52c4-4d0c-9a4b-3f1f6f0f9d11';
const EVENTS = [
  { tenantId: 1, eventId: 1 },
  { tenantId: 1, eventId: 2 },
  { tenantId: 2, eventId: 1 },
  { tenantId: 2_147_483_647, eventId: 2_147_483_647 },
];

describe('the UID of an event that no file has named', () => {
  test('is a UUID of version 8, and never changes', () => {
    expect(derivedUid(INSTALLATION, { tenantId: 1, eventId: 7 })).toBe(
      '00000001-0000-8000-8777-c523376eee9e',
    );
  });

  test.each(EVENTS)('leads back to its event %j', (event) => {
    const uid = derivedUid(INSTALLATION, event);
    expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(eventOfUid(INSTALLATION, uid)).toEqual(event);
    expect(eventOfUid(INSTALLATION, uid.toUpperCase())).toEqual(event);
  });

  test('differs from event to event, and from installation to installation', () => {
    const other = '7d5e6f0a-52c4-4d0c-9a4b-3f1f6f0f9d12';
    const uids = [INSTALLATION, other].flatMap((id) => EVENTS.map((event) => derivedUid(id, event)));
    expect(new Set(uids).size).toBe(uids.length);
    expect(eventOfUid(other, derivedUid(INSTALLATION, EVENTS[0]))).toBeNull();
  });

  test.each([
    '',
    'abc@example.com',
    '00000001-0000-8000-8777-c523376eee9f',
    '7d5e6f0a-52c4-4d0c-9a4b-3f1f6f0f9d11',
  ])('is not %j', (uid) => {
    expect(eventOfUid(INSTALLATION, uid)).toBeNull();
  });
});

test('the UID of a redacted event differs from calendar to calendar, and from time to time', () => {
  const uids = [1, 2].flatMap((userId) =>
    [0, 1].map((at) => redactedUid(INSTALLATION, EVENTS[0], userId, at)),
  );
  expect(new Set([...uids, derivedUid(INSTALLATION, EVENTS[0])]).size).toBe(5);
  expect(uids.map((uid) => eventOfUid(INSTALLATION, uid))).toEqual([null, null, null, null]);
});
