import { expect, test } from '@jest/globals';
import { SUBSCRIBED_TYPES } from '../model/webhook-type.js';
import { typesFault } from './types-field.js';

test.each<[unknown, string | null]>([
  [['event.created'], null],
  [['event.created', 'event.created'], null],
  [[...SUBSCRIBED_TYPES], null],
  [[], 'must be a list of 1 to 5 types'],
  ['event.created', 'must be a list of 1 to 5 types'],
  [[...SUBSCRIBED_TYPES, 'event.created'], 'must be a list of 1 to 5 types'],
  [['event.created', 'event.moved'], 'has an unknown type, "event.moved"; the types are event.created, '],
  [['webhook.test'], 'has an unknown type, "webhook.test"; '],
  [['`url` '], `has an unknown type, "'url' "; `],
  [['x'.repeat(60)], `has an unknown type, "${'x'.repeat(50)}"; `],
  [[null], 'has an unknown type, "null"; '],
  [[['event.created']], String.raw`has an unknown type, "[\"event.created\"]"; `],
])('the fault of the types %j is %j', (types, fault) => {
  expect(typesFault(types) ?? 'none').toContain(fault ?? 'none');
});
