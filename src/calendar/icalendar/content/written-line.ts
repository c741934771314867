import type { Component, ContentLine } from '../model/content-line.js';
import { plainText } from './text-value.js';

/** Octets of a line without its line end (RFC 5545 §3.1). */
const LINE_OCTETS = 75;

const NEEDS_QUOTES = /[:;,]/;

/**
 * Writes a property with its line end, folded at 75 octets between characters. Control characters are dropped, and a line
 * end within a value that has no escapes becomes a space, so that no value can begin a line.
 * @example writtenLine({ name: 'SUMMARY', parameters: [], value: 'Lunch' }) // 'SUMMARY:Lunch\r\n'
 */
export function writtenLine({ name, parameters, value }: ContentLine): string {
  if (parameters.length === 0) return folded(`${name}:${value}`);
  const written = parameters.map((parameter) => `;${parameter.name}=${parameter.values.map(quoted).join()}`);
  return folded(`${name}${written.join('')}:${value}`);
}

/**
 * Writes a component with all that it holds.
 * @example writtenComponent({ name: 'VALARM', properties: [], components: [] }) // 'BEGIN:VALARM\r\nEND:VALARM\r\n'
 */
export function writtenComponent({ name, properties, components }: Component): string {
  const inner = [...properties.map(writtenLine), ...components.map(writtenComponent)];
  return `BEGIN:${name}\r\n${inner.join('')}END:${name}\r\n`;
}

/** A value of a parameter, escaped (RFC 6868), in quotes if it needs them. */
function quoted(value: string): string {
  const escaped = plainText(value).replaceAll('^', '^^').replaceAll('"', "^'").replaceAll('\n', '^n');
  return NEEDS_QUOTES.test(escaped) ? `"${escaped}"` : escaped;
}

function folded(line: string): string {
  const text = plainText(line).replaceAll('\n', ' ');
  if (text.length <= LINE_OCTETS / 3 || (text.length <= LINE_OCTETS && isAscii(text))) return `${text}\r\n`;
  const lines: string[] = [];
  let [start, octets] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    const size = octetsOf(code);
    if (octets + size > LINE_OCTETS) {
      lines.push(text.slice(start, at));
      // The space at the start of a folded line counts.
      [start, octets] = [at, 1];
    }
    octets += size;
    if (code > 0xffff) at += 1;
  }
  lines.push(text.slice(start));
  return `${lines.join('\r\n ')}\r\n`;
}

function octetsOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x1_0000 ? 3 : 4;
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return /^[\0-\u007f]*$/.test(text);
}
