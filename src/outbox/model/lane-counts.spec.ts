import { expect, test } from '@jest/globals';
import { LaneCounts } from './lane-counts.js';

const LIMITS = { atOnce: 10, atOnceOfLane: 2, atOnceOfSecondLane: 1, run: 1 };

test('a lane has a slot until it has its most messages under way, and again when one has ended', () => {
  const lanes = new LaneCounts();
  const message = { lane: 'a', secondLane: null };
  lanes.take(message);
  expect(lanes.hasSlotFor(message, LIMITS)).toBe(true);
  lanes.take(message);
  expect(lanes.hasSlotFor(message, LIMITS)).toBe(false);
  expect(lanes.hasSlotFor({ lane: 'b', secondLane: null }, LIMITS)).toBe(true);
  expect(lanes.busy).toEqual({ a: 2 });
  lanes.release(message);
  expect(lanes.hasSlotFor(message, LIMITS)).toBe(true);
  lanes.release(message);
  expect(lanes.busy).toEqual({});
});

test('a second lane has a limit of its own', () => {
  const lanes = new LaneCounts();
  lanes.take({ lane: 'a', secondLane: 'host' });
  expect(lanes.hasSlotFor({ lane: 'b', secondLane: 'host' }, LIMITS)).toBe(false);
  expect(lanes.hasSlotFor({ lane: 'b', secondLane: 'other' }, LIMITS)).toBe(true);
  expect(lanes.fullAt(1)).toEqual(['a', 'host']);
});
