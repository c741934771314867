import { describe, expect, test } from '@jest/globals';
import { SigningKeys } from '../../../platform/secrets/signing-keys.js';
import { RedactedOrder } from './redacted-order.js';

const IDS = Array.from({ length: 20 }, (_, index) => index + 1);

function placesOf(userId: number, ids: readonly number[] = IDS, secret = 'a secret'): number[] {
  const places = new RedactedOrder(new SigningKeys([secret])).placesOf(userId, ids);
  return ids.map((id) => places.get(id) as number);
}

describe('the order of redacted events', () => {
  test('gives each event a place of its own', () => {
    expect(placesOf(1).toSorted((a, b) => a - b)).toEqual(IDS.map((id) => id - 1));
  });

  test('is the same on every instance, however the events were read', () => {
    const places = placesOf(1);
    expect(placesOf(1, IDS.toReversed())).toEqual(places.toReversed());
  });

  test.each([
    ['by id', IDS.map((id) => id - 1)],
    ['as in the list of another user', placesOf(2)],
    ['as with another secret', placesOf(1, IDS, 'another secret')],
  ])('is not %s', (_, other) => {
    expect(placesOf(1)).not.toEqual(other);
  });
});
