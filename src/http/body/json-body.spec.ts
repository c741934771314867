import { describe, expect, test } from '@jest/globals';
import { parseJsonBody } from './json-body.js';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a JSON body', () => {
  test.each<[string, unknown]>([
    ['{"title":"Ω"}', { title: 'Ω' }],
    ['[1]', [1]],
    ['null', null],
    ['', undefined],
  ])('%p is read as %p', (text, value) => {
    expect(parseJsonBody(JSON_TYPE, Buffer.from(text))).toEqual(value);
  });

  test.each([
    {},
    { 'content-type': 'application/json; charset=utf-8' },
    { 'content-type': 'application/json;charset="UTF8"' },
    { ...JSON_TYPE, 'content-encoding': ' Identity ' },
  ])('is accepted with the headers %p', (headers) => {
    expect(parseJsonBody(headers, Buffer.from('{}'))).toEqual({});
  });

  test.each([
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json; charset=utf-8; charset=latin1' },
    { 'content-type': 'application/json; charset=' },
    { ...JSON_TYPE, 'content-encoding': 'gzip' },
    { ...JSON_TYPE, 'content-encoding': 'identity, gzip' },
  ])('is refused with the headers %p, also if it is empty', (headers) => {
    for (const text of ['{}', '']) {
      expect(() => parseJsonBody(headers, Buffer.from(text))).toThrow(
        expect.objectContaining({ code: 'unsupported_media_type' }),
      );
    }
  });

  test.each<[string, Buffer]>([
    ['half of a pair', Buffer.from('{"password":"hunter2"')],
    ['two values', Buffer.from('{} {"password":"hunter2"}')],
    ['no JSON at all', Buffer.from('password=hunter2')],
    ['Latin-1', Buffer.from('{"name":"hunter2 é"}', 'latin1')],
    ['a byte order mark within it', Buffer.from('{"a":\uFEFF"hunter2"}')],
  ])('of %s is refused without a part of it', (_, body) => {
    const parse = () => parseJsonBody(JSON_TYPE, body);
    expect(parse).toThrow(expect.objectContaining({ kind: 'invalid', code: 'invalid_input' }));
    expect(parse).not.toThrow(/hunter2/);
  });
});
