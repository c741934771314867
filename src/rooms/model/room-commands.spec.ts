import { expect, test } from '@jest/globals';
import { type RoomPatch, refuseRoomBeyondLimits } from './room-commands.js';
import {
  MAX_ROOM_CAPACITY,
  MAX_ROOM_FEATURE_LENGTH,
  MAX_ROOM_FEATURES,
  MAX_ROOM_PLACE_LENGTH,
} from './room-limits.js';

function features(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `feature ${index}`);
}

test.each<RoomPatch>([
  {},
  { capacity: null },
  { capacity: 1 },
  { capacity: MAX_ROOM_CAPACITY },
  { features: features(MAX_ROOM_FEATURES) },
  { features: ['x'.repeat(MAX_ROOM_FEATURE_LENGTH)] },
  { place: { building: null, floor: 'x'.repeat(MAX_ROOM_PLACE_LENGTH) } },
])('a room may have %j', (patch) => {
  expect(() => refuseRoomBeyondLimits(patch)).not.toThrow();
});

test.each<[string, RoomPatch]>([
  ['capacity', { capacity: 0 }],
  ['capacity', { capacity: 1.5 }],
  ['capacity', { capacity: MAX_ROOM_CAPACITY + 1 }],
  ['features', { features: features(MAX_ROOM_FEATURES + 1) }],
  ['features', { features: ['x'.repeat(MAX_ROOM_FEATURE_LENGTH + 1)] }],
  ['features', { features: [''] }],
  ['features', { features: ['video', 'video'] }],
  ['place.building', { place: { building: 'x'.repeat(MAX_ROOM_PLACE_LENGTH + 1), floor: null } }],
  ['place.floor', { place: { building: null, floor: '' } }],
  ['externalId', { externalId: '' }],
])('a room is refused at %s: %j', (field, patch) => {
  expect(() => refuseRoomBeyondLimits(patch)).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
  );
});
