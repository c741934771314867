import { expect, test } from '@jest/globals';
import { eventRecord } from '../../../../test/support/core/event-records.js';
import { KeptEvent } from './kept-event.js';
import { KeptStore } from './kept-store.js';
import { KeptWindow } from './kept-window.js';

function event(moment: number): KeptEvent {
  return new KeptEvent(1, eventRecord(), moment);
}

test('a read that began earlier does not replace a later one', () => {
  const store = new KeptStore(1_000_000);
  const [earlier, later] = [event(1), event(2)];
  store.keepEvent(1, 7, later);
  store.keepEvent(1, 7, earlier);
  expect(store.event(1, 7)).toBe(later);
  const newest = event(3);
  store.keepEvent(1, 7, newest);
  expect(store.event(1, 7)).toBe(newest);
});

test('tenants are apart', () => {
  const store = new KeptStore(1_000_000);
  store.keepEvent(1, 7, event(1));
  store.keepWindow(1, 'user 7', new KeptWindow(7, [7], 1));
  expect([store.event(2, 7), store.window(2, 'user 7')]).toEqual([undefined, undefined]);
});

test('texts and pages count', () => {
  const [one, window] = [event(1), new KeptWindow(7, [], 1)];
  const store = new KeptStore(one.bytes + window.bytes + 1_000);
  store.keepEvent(1, 7, one);
  store.keepWindow(1, 'user 7', window);
  window.keepPage('all', [], { bytes: 900 });
  expect([store.event(1, 7), store.window(1, 'user 7')]).toEqual([undefined, window]);
  one.text('all', () => Buffer.alloc(2_000));
  expect(store.window(1, 'user 7')).toBe(window);
});

test('a page is found as long as the events are the same', () => {
  const [one, other] = [event(1), event(1)];
  const window = new KeptWindow(7, [7], 1);
  const rendered = { bytes: 10 };
  window.keepPage('all', [one], rendered);
  expect(window.page('all', [one])).toBe(rendered);
  expect(window.page('all', [other])).toBeUndefined();
  expect(window.page('all', [])).toBeUndefined();
  expect(window.page('others', [one])).toBeUndefined();
});
