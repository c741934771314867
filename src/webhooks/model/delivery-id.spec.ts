import { expect, test } from '@jest/globals';
import { deliveryIdOf, keyInDeliveryId, MAX_DELIVERY_ID_LENGTH } from './delivery-id.js';

test('the id of a delivery names it', () => {
  const delivery = { subscriptionId: 12, sequence: 345, createdAt: new Date('2026-01-05T09:00:00.123Z') };
  expect(deliveryIdOf(delivery)).toBe('msg_12_345_mk0xjmrf');
  expect(keyInDeliveryId(deliveryIdOf(delivery))).toEqual({ subscriptionId: 12, sequence: 345 });
});

test('the longest id has at most the documented length', () => {
  const delivery = {
    subscriptionId: 2 ** 31 - 1,
    sequence: 999_999_999_999_999,
    createdAt: new Date(8.64e15),
  };
  expect(deliveryIdOf(delivery).length).toBeLessThanOrEqual(MAX_DELIVERY_ID_LENGTH);
  expect(keyInDeliveryId(deliveryIdOf(delivery))).not.toBeNull();
});

test.each([
  '',
  'msg_1_2',
  'msg_0_1_a',
  'msg_1_01_a',
  'msg_1_1_A',
  'msg_1_1_a_',
  ' msg_1_1_a',
  'msg_1_1234567890123456_a',
])('the text %j is no id of a delivery', (text) => expect(keyInDeliveryId(text)).toBeNull());
