import { describe, expect, test } from '@jest/globals';
import type { ShowAs } from '../../availability/free-busy.js';
import { parsedLine } from '../content/parsed-line.js';
import { AVAILABILITY, VISIBILITY } from './availability-fields.js';

const OUTLOOK = 'X-MICROSOFT-CDO-BUSYSTATUS';

test.each<[string[], string, ShowAs]>([
  [[], 'confirmed', 'busy'],
  [['STATUS:CONFIRMED', 'TRANSP:OPAQUE'], 'confirmed', 'busy'],
  [['TRANSP:TRANSPARENT'], 'confirmed', 'free'],
  [['STATUS:TENTATIVE'], 'confirmed', 'tentative'],
  [['STATUS:CANCELLED'], 'cancelled', 'busy'],
  [['STATUS:CANCELLED', 'TRANSP:TRANSPARENT'], 'cancelled', 'free'],
  [[`${OUTLOOK}:OOF`], 'confirmed', 'out_of_office'],
  [[`${OUTLOOK}:TENTATIVE`, 'TRANSP:OPAQUE'], 'confirmed', 'tentative'],
  [[`${OUTLOOK}:FREE`], 'confirmed', 'free'],
  [[`${OUTLOOK}:FREE`, 'TRANSP:OPAQUE'], 'confirmed', 'busy'],
  [['STATUS:x-other', 'TRANSP:?'], 'confirmed', 'busy'],
])('%p is %s and %s', (lines, status, showAs) => {
  expect(AVAILABILITY.read(lines.map((line) => parsedLine(line, 1)))).toEqual({ status, showAs });
});

describe('every availability', () => {
  const all = (['confirmed', 'cancelled'] as const).flatMap((status) =>
    (['busy', 'free', 'tentative', 'out_of_office'] as const).map((showAs) => ({ status, showAs })),
  );

  test.each(all)('$status, $showAs is read as it was written', (fields) => {
    expect(AVAILABILITY.read(AVAILABILITY.write(fields))).toEqual(fields);
  });
});

test.each([
  ['PUBLIC', 'public'],
  ['public', 'public'],
  ['PRIVATE', 'private'],
  ['CONFIDENTIAL', 'private'],
  ['X-SECRET', 'private'],
])('CLASS:%s is %s', (word, visibility) => {
  expect(VISIBILITY.read([parsedLine(`CLASS:${word}`, 1)])).toEqual({ visibility });
});
