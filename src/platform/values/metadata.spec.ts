import { describe, expect, test } from '@jest/globals';
import {
  isSameMetadata,
  MAX_METADATA_KEY_LENGTH,
  MAX_METADATA_KEYS,
  MAX_METADATA_VALUE_LENGTH,
  type Metadata,
  type MetadataPatch,
  mergedMetadata,
  metadataFaults,
  metadataSizeFaults,
  newMetadata,
} from './metadata.js';

function keys(count: number): Metadata {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, '']));
}

describe('the metadata of a command', () => {
  test.each<[string, MetadataPatch | undefined]>([
    ['that names none', undefined],
    ['that removes all', null],
    ['with every kind of character', { 'a-Z_0.9': 'x' }],
    ['with the longest key', { ['k'.repeat(MAX_METADATA_KEY_LENGTH)]: 'x' }],
    ['with the longest text', { key: 'x'.repeat(MAX_METADATA_VALUE_LENGTH) }],
    ['with an empty text', { key: '' }],
    ['that removes a key', { key: null }],
    ['with a name that every object inherits', JSON.parse('{"constructor":"a","__proto__":"b"}')],
  ])('%s has no fault', (_, metadata) => {
    expect(metadataFaults(metadata)).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ['with a longer key', { ['k'.repeat(MAX_METADATA_KEY_LENGTH + 1)]: 'x' }, `metadata.${'k'.repeat(64)}`],
    ['with an empty key', { '': 'x' }, 'metadata.'],
    ['with a space in a key', { ok: 'x', 'a b': 'x' }, 'metadata.a b'],
    ['that removes a key of no valid name', { ä: null }, 'metadata.ä'],
    ['with a longer text', { case_id: 'x'.repeat(MAX_METADATA_VALUE_LENGTH + 1) }, 'metadata.case_id'],
    ['with a number', { case_id: 42 }, 'metadata.case_id'],
    ['with NUL', { case_id: 'a\0' }, 'metadata.case_id'],
  ])('%s is at fault at the key', (_, metadata, field) => {
    expect(metadataFaults(metadata as MetadataPatch)).toEqual([
      { field, message: expect.stringMatching(/^must /) },
    ]);
  });

  test('has as many faults as an object may have keys', () => {
    const wrong = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`${index} `, '']));
    expect(metadataFaults(wrong)).toHaveLength(MAX_METADATA_KEYS);
  });
});

describe('metadata', () => {
  test('have so many keys, and not one more', () => {
    expect(metadataSizeFaults(keys(MAX_METADATA_KEYS))).toEqual([]);
    expect(metadataSizeFaults(keys(MAX_METADATA_KEYS + 1))).toEqual([
      { field: `metadata.key${MAX_METADATA_KEYS}`, message: expect.stringContaining('beyond') },
    ]);
  });

  test.each<[Metadata, MetadataPatch, Metadata]>([
    [
      { a: '1', b: '2' },
      { b: '3', c: '4' },
      { a: '1', b: '3', c: '4' },
    ],
    [{ a: '1', b: '2' }, { a: null, d: null }, { b: '2' }],
    [{ a: '1' }, {}, { a: '1' }],
    [{ a: '1' }, null, {}],
  ])('%j merged with %j are %j', (before, patch, expected) => {
    expect(mergedMetadata(before, patch)).toEqual(expected);
  });

  test('keep a key with the name of a prototype', () => {
    const merged = mergedMetadata({}, JSON.parse('{"__proto__":"a"}'));
    expect(Object.entries(merged)).toEqual([['__proto__', 'a']]);
  });

  test('of a new object have no key with null', () => {
    expect([newMetadata(undefined), newMetadata(null), newMetadata({ a: 'x', b: null })]).toEqual([
      {},
      {},
      { a: 'x' },
    ]);
  });

  test.each<[Metadata, Metadata, boolean]>([
    [{ a: '1', b: '2' }, { b: '2', a: '1' }, true],
    [{}, {}, true],
    [{ a: '1' }, { a: '2' }, false],
    [{ a: '1' }, { b: '1' }, false],
    [{ a: '1' }, {}, false],
    [{ toString: 'x' }, { a: 'x' }, false],
  ])('%j and %j are the same: %s', (one, other, same) => {
    expect(isSameMetadata(one, other)).toBe(same);
  });
});
