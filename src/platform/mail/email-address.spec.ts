import { describe, expect, test } from '@jest/globals';
import { normalisedEmail } from './email-address.js';

describe('the normalised form of an email address', () => {
  test.each([
    ['ann@example.com', 'ann@example.com'],
    [' Ann.B+tag@EXAMPLE.com ', 'ann.b+tag@example.com'],
    ['x@bücher.example', 'x@xn--bcher-kva.example'],
    ['x@BÜCHER.example', 'x@xn--bcher-kva.example'],
    ['x@xn--bcher-kva.example', 'x@xn--bcher-kva.example'],
    ['x@XN--BCHER-KVA.example', 'x@xn--bcher-kva.example'],
    ['x@faß.example', 'x@xn--fa-hia.example'],
    ['x@ab--c.example', 'x@ab--c.example'],
    ['x@exam。ple.com', 'x@exam.ple.com'],
    ['x@exa\u00admple.com', 'x@example.com'],
    ['x@mİcro.example', 'x@xn--micro-8fd.example'],
    ['x@micro.example', 'x@micro.example'],
    ['İx@example.com', 'İx@example.com'],
    ['ÄK@example.com', 'Äk@example.com'],
    ['"a@b"@example.com', '"a@b"@example.com'],
  ])('of %s is %s', (address, expected) => {
    expect(normalisedEmail(address)).toBe(expected);
  });

  test.each([
    'example.com',
    '@example.com',
    'x@',
    'x@xn--a.example',
    'x@XN--A.example',
    'x@xn--.example',
    'x@xn--abc-.example',
    'x@xn--bcher-kva.xn--a.example',
    'x@bücher.xn--a.example',
    'x@a\u200db.com',
    'x@ex%61mple.com',
    'x@example.com/y',
    'x@example.com?y',
    'x@exa\tmple.com',
    'x@example.com.',
    'x@[::1]',
  ])('of %j does not exist', (address) => {
    expect(normalisedEmail(address)).toBeNull();
  });
});
