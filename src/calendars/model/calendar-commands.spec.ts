import { describe, expect, test } from '@jest/globals';
import { type CalendarPatch, refuseCalendarBeyondLimits } from './calendar-commands.js';

describe('a command for a calendar', () => {
  test.each<CalendarPatch>([
    {},
    { name: 'x'.repeat(100), color: '#0b8043', position: 0 },
    { color: null, position: 1_000_000, externalId: null, metadata: { key: null } },
    { color: '#ABCDEF', externalId: 'x'.repeat(255), metadata: { key: 'value' } },
  ])('may be %j', (patch) => {
    expect(() => refuseCalendarBeyondLimits(patch)).not.toThrow();
  });

  test.each<[string, CalendarPatch]>([
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'a\0b' }],
    ['color', { color: 'red' }],
    ['color', { color: '#12345' }],
    ['position', { position: -1 }],
    ['position', { position: 0.5 }],
    ['position', { position: 1_000_001 }],
    ['externalId', { externalId: '' }],
    ['metadata.a b', { metadata: { 'a b': 'x' } }],
  ])('names the field at fault: %s', (field, patch) => {
    expect(() => refuseCalendarBeyondLimits(patch)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    );
  });
});
