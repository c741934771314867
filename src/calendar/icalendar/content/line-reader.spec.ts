import { expect, test } from '@jest/globals';
import { LineReader } from './line-reader.js';

function linesOf(text: string, ...range: readonly number[]): [number, string][] {
  const found: [number, string][] = [];
  for (const lines = new LineReader(text, ...range); lines.next(); ) found.push([lines.line, lines.text()]);
  return found;
}

test('lines are read with their numbers, folded ones as one', () => {
  expect(linesOf('A:1\r\nB:2\r\n 3\r\n\t4\nC:5')).toEqual([
    [1, 'A:1'],
    [2, 'B:234'],
    [5, 'C:5'],
  ]);
});

test('an empty text has no line, and an empty line is one', () => {
  expect(linesOf('')).toEqual([]);
  expect(linesOf('\n\nA:1\n')).toEqual([
    [1, ''],
    [2, ''],
    [3, 'A:1'],
  ]);
});

test('a part of a text is read alone', () => {
  expect(linesOf('A:1\nB:2\nC:3', 4, 7, 2)).toEqual([[2, 'B:2']]);
});

test('the first character of a line is known before its text', () => {
  const lines = new LineReader('\nBEGIN:X');
  lines.next();
  expect(lines.firstCode()).toBeNaN();
  lines.next();
  expect(String.fromCharCode(lines.firstCode())).toBe('b');
});
