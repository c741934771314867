import type { ContentLine, Parameter } from '../model/content-line.js';
import { ICalendarError } from '../model/icalendar-error.js';

/** A property with the line of the file on which it begins. */
export interface ParsedLine extends ContentLine {
  readonly line: number;
}

const NAME = /^[A-Za-z0-9-]+$/;

const NO_PARAMETERS: readonly Parameter[] = [];

/** Escapes of a parameter value (RFC 6868). */
const ESCAPED = new Map([
  ['^n', '\n'],
  ['^N', '\n'],
  ["^'", '"'],
  ['^^', '^'],
]);

/**
 * Reads an unfolded line (RFC 5545 §3.1). A quote that is not closed is a plain character.
 * @throws {ICalendarError} `invalid_line`
 * @example parsedLine('DTSTART;TZID=Europe/Berlin:20260101T090000', 7).value // '20260101T090000'
 */
export function parsedLine(text: string, line: number): ParsedLine {
  const colon = text.indexOf(':');
  const semicolon = text.indexOf(';');
  if (colon !== -1 && (semicolon === -1 || colon < semicolon)) {
    const name = nameOf(text, colon, line);
    return { name, parameters: NO_PARAMETERS, value: text.slice(colon + 1), line };
  }
  const name = nameOf(text, semicolon, line);
  const parameters: Parameter[] = [];
  let at = semicolon;
  while (text[at] === ';') at = readParameter(text, at + 1, parameters, line);
  if (text[at] !== ':') throw invalidLine(text, line);
  return { name, parameters, value: text.slice(at + 1), line };
}

/** Adds the parameter at a place of a line to `into`. Returns the place after it. */
function readParameter(text: string, from: number, into: Parameter[], line: number): number {
  const equals = text.indexOf('=', from);
  const name = nameOf(text, equals, line, from);
  const values: string[] = [];
  let at = equals;
  do {
    const start = at + 1;
    at = endOfValue(text, start);
    if (name === 'TZID' && text[at] === ':') at = endOfOffset(text, start, at);
    values.push(parameterValue(text.slice(start, at)));
  } while (text[at] === ',');
  into.push({ name, values });
  return at;
}

function endOfValue(text: string, start: number): number {
  let at = start;
  if (text[at] === '"') {
    const close = text.indexOf('"', at + 1);
    if (close !== -1) at = close + 1;
  }
  for (; at < text.length; at += 1) if (text[at] === ',' || text[at] === ';' || text[at] === ':') break;
  return at;
}

const HOURS_OF_OFFSET = /(?:UTC|GMT)?[+-]\d{1,2}$/i;
const MINUTES_OF_OFFSET = /^:\d{2}(?!\d)/;

/**
 * The end of a TZID that ends at a colon. Programs write an offset such as +05:45 without the quotes that a colon needs. A date
 * after the colon has at least four digits.
 */
function endOfOffset(text: string, start: number, colon: number): number {
  const isOffset = HOURS_OF_OFFSET.test(text.slice(Math.max(start, colon - LONGEST_HOURS), colon));
  return isOffset && MINUTES_OF_OFFSET.test(text.slice(colon, colon + LONGEST_MINUTES))
    ? endOfValue(text, colon + 1)
    : colon;
}

/** Characters of `UTC+05`. */
const LONGEST_HOURS = 6;

/** Characters of `:45`, and the one after them. */
const LONGEST_MINUTES = 4;

function parameterValue(written: string): string {
  const isQuoted = written.length > 1 && written.startsWith('"') && written.endsWith('"');
  const value = isQuoted ? written.slice(1, -1) : written;
  return value.includes('^') ? value.replaceAll(/\^[nN'^]/g, (escape) => ESCAPED.get(escape) ?? '') : value;
}

function nameOf(text: string, end: number, line: number, start = 0): string {
  const name = text.slice(start, Math.max(start, end));
  if (!NAME.test(name)) throw invalidLine(text, line);
  return name.toUpperCase();
}

function invalidLine(text: string, line: number): ICalendarError {
  const reason = `"${text.slice(0, 40)}" is not a property such as SUMMARY:Lunch.`;
  return new ICalendarError('invalid_line', reason, line);
}
