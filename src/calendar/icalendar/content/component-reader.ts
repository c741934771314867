import type { Component } from '../model/content-line.js';
import { ICalendarError } from '../model/icalendar-error.js';
import { MAX_OBJECT_LINES } from '../model/icalendar-limits.js';
import type { LineReader } from './line-reader.js';
import { type ParsedLine, parsedLine } from './parsed-line.js';

/** A component with the lines of its properties. */
export interface ParsedComponent extends Component {
  readonly properties: ParsedLine[];
  readonly components: ParsedComponent[];
  readonly line: number;
}

/**
 * Reads the component that begins on the first line of a reader. The caller has checked that each BEGIN has its END.
 * @throws {ICalendarError} `invalid_line`, `object_too_long`
 * @example parsedComponent(new LineReader(text, start, end, line))
 */
export function parsedComponent(lines: LineReader): ParsedComponent {
  lines.next();
  const root = begun(lines);
  const open = [root];
  for (let count = 0; open.length > 0 && lines.next(); count += 1) {
    if (count === MAX_OBJECT_LINES) {
      const reason = `An event has at most ${MAX_OBJECT_LINES} lines.`;
      throw new ICalendarError('object_too_long', reason, lines.line);
    }
    const current = open[open.length - 1];
    const code = lines.firstCode();
    const text = lines.text();
    if (code === LETTER_B && /^BEGIN:/i.test(text)) {
      const inner = begun(lines);
      current.components.push(inner);
      open.push(inner);
    } else if (code === LETTER_E && /^END:/i.test(text)) open.pop();
    else if (text.trim() !== '') current.properties.push(parsedLine(text, lines.line));
  }
  return root;
}

const LETTER_B = 'b'.charCodeAt(0);
const LETTER_E = 'e'.charCodeAt(0);

function begun(lines: LineReader): ParsedComponent {
  const name = lines.text().slice('BEGIN:'.length).trim().toUpperCase();
  return { name, properties: [], components: [], line: lines.line };
}
