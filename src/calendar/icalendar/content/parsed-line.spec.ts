import { describe, expect, test } from '@jest/globals';
import { parsedLine } from './parsed-line.js';
import { writtenLine } from './written-line.js';

/** The parameters of a line, as `NAME=value|value`. */
function parametersOf(text: string): string[] {
  return parsedLine(text, 1).parameters.map(({ name, values }) => `${name}=${values.join('|')}`);
}

describe('a line', () => {
  test('has a name in upper case, and a raw value', () => {
    expect(parsedLine('summary:a\\, b;c:d', 7)).toEqual({
      name: 'SUMMARY',
      parameters: [],
      value: 'a\\, b;c:d',
      line: 7,
    });
    expect(parsedLine('X-EMPTY:', 1).value).toBe('');
  });

  test.each<[string, string[]]>([
    ['A;X=1:v', ['X=1']],
    ['A;x=1;Y=2:v', ['X=1', 'Y=2']],
    ['A;X=1,2:v', ['X=1|2']],
    ['A;X="1,2","3;4:5":v', ['X=1,2|3;4:5']],
    ['A;X=:v', ['X=']],
    ['A;X="":v', ['X=']],
    ['A;X=1;X=2:v', ['X=1', 'X=2']],
    ["A;X=^'a^' ^n^^:v", ['X="a" \n^']],
    ['A;X=a^b:v', ['X=a^b']],
    ['A;X=O"Neil:v', ['X=O"Neil']],
    ['A;X="open:v', ['X="open']],
    ['A;X="a"b:v', ['X="a"b']],
    ['A;TZID=+05:45:20260101T090000', ['TZID=+05:45']],
    ['A;TZID=UTC-9:30;X=1:20260101T090000', ['TZID=UTC-9:30', 'X=1']],
    ['A;TZID=(UTC+05:45) Kathmandu:20260101T090000', ['TZID=(UTC+05:45) Kathmandu']],
    ['A;TZID=+05:20260101', ['TZID=+05']],
    ['A;TZID=+05:2026-01-01T09:00', ['TZID=+05']],
    ['A;TZID=Etc/GMT+5:20260101T090000', ['TZID=Etc/GMT+5']],
    ['A;X=+05:45:v', ['X=+05']],
  ])('%s has the parameters %p', (text, expected) => {
    expect(parametersOf(text)).toEqual(expected);
  });

  test.each(['', 'A', 'A;X', 'A;X=1', ':v', ';X=1:v', 'A;:v', 'A;X:v', 'A B:v', 'A;__PROTO__=1:v', 'Ä:v'])(
    '"%s" is refused with its number',
    (text) => {
      expect(() => parsedLine(text, 12)).toThrow(expect.objectContaining({ code: 'invalid_line', line: 12 }));
    },
  );
});

describe('a written line', () => {
  test.each(['SUMMARY:a\\, b;c:d', 'A;X=1;Y=2,3:v', 'A;X="1,2","3;4:5":v', "A;X=^'a^' ^n^^:v", 'A;X=:v'])(
    'is the line that was read: %s',
    (text) => {
      expect(writtenLine(parsedLine(text, 1))).toBe(`${text}\r\n`);
    },
  );

  test.each([
    ['a'.repeat(500), 7],
    ['é'.repeat(250), 7],
    ['🎂'.repeat(125), 7],
    ['日本'.repeat(80), 7],
  ])('is folded at 75 octets, between characters', (value, count) => {
    const written = writtenLine({ name: 'X', parameters: [], value });
    const lines = written.split('\r\n').slice(0, -1);
    expect(lines).toHaveLength(count);
    expect(lines.every((line) => Buffer.byteLength(line) <= 75 && line.isWellFormed())).toBe(true);
    expect(written.replaceAll('\r\n ', '')).toBe(`X:${value}\r\n`);
  });

  test('has no control character, and no line end but its own', () => {
    const parameters = [{ name: 'CN', values: ['a\u0007b\r\nBEGIN:VEVENT'] }];
    const line = { name: 'URL', parameters, value: 'https://a.example\r\nEND:VEVENT\u0000' };
    expect(writtenLine(line)).toBe('URL;CN="ab^nBEGIN:VEVENT":https://a.example END:VEVENT\r\n');
  });

  test('of 75 octets is not folded', () => {
    expect(writtenLine({ name: 'X', parameters: [], value: 'a'.repeat(73) })).toBe(`X:${'a'.repeat(73)}\r\n`);
  });
});
