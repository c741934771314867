import { expect, test } from '@jest/globals';
import { lengthened, shortened } from './snapshot-text.js';

test.each(['750:750:', '750:760:', '750:760:750,755', '9007199254740000:9007199254740991:9007199254740990'])(
  'the short form of %s gives it back',
  (snapshot) => {
    expect(lengthened(shortened(snapshot))).toBe(snapshot);
  },
);

test('a snapshot with many running transactions becomes one that shows less', () => {
  const running = Array.from({ length: 50 }, (_, index) => 100 + 2 * index);
  const shown = running.slice(0, 32).join();
  expect(lengthened(shortened(`100:300:${running.join()}`))).toBe(`100:${running[32]}:${shown}`);
});
