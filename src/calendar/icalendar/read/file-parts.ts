import { LineReader } from '../content/line-reader.js';
import { parsedLine } from '../content/parsed-line.js';
import { textOf } from '../content/text-value.js';
import type { ContentLine } from '../model/content-line.js';
import { ICalendarError } from '../model/icalendar-error.js';
import {
  MAX_CALENDAR_PROPERTIES,
  MAX_FILE_CALENDARS,
  MAX_FILE_COMPONENTS,
  MAX_NESTING,
  MAX_UID_LENGTH,
} from '../model/icalendar-limits.js';

/** A component of a VCALENDAR, as a place in the text. */
export interface FilePart {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The line of its BEGIN. */
  readonly line: number;
  /** Null: the component has no UID, or an empty one. */
  readonly uid: string | null;
}

/** A VCALENDAR of a file. */
export interface FileCalendar {
  /** Unfolded; not yet parsed. */
  readonly properties: readonly UnparsedLine[];
  readonly parts: readonly FilePart[];
}

/** A line, unfolded. */
interface UnparsedLine {
  readonly text: string;
  readonly line: number;
}

interface Open {
  readonly name: string;
  readonly line: number;
  readonly start: number;
}

const LETTER_B = 'b'.charCodeAt(0);
const LETTER_E = 'e'.charCodeAt(0);
const LETTER_U = 'u'.charCodeAt(0);

/**
 * Finds the components of a file. The structure of the whole file is checked, and no component is parsed.
 * @throws {ICalendarError} `invalid_icalendar`
 * @example fileCalendars(text)[0].parts.length
 */
export function fileCalendars(text: string): FileCalendar[] {
  const scan = new FileScan();
  const lines = new LineReader(text);
  while (lines.next()) scan.read(lines);
  return scan.end(lines.line);
}

class FileScan {
  private readonly calendars: { properties: UnparsedLine[]; parts: FilePart[] }[] = [];
  private readonly open: Open[] = [];
  private uid: string | null = null;
  private partCount = 0;

  read(lines: LineReader): void {
    const code = lines.firstCode();
    if (code === LETTER_B || code === LETTER_E || code === LETTER_U) {
      const text = lines.text();
      const [, word, name] = /^(BEGIN|END):(.*)$/is.exec(text) ?? [];
      if (word !== undefined) {
        if (code === LETTER_B) this.begin(name.trim().toUpperCase(), lines);
        else this.close(name.trim().toUpperCase(), lines);
        return;
      }
      if (this.open.length === 2 && this.uid === null && /^UID[:;]/i.test(text))
        this.uid = uidOf(text, lines.line);
    }
    if (this.open.length < 2) this.readOutside(lines);
  }

  end(line: number): FileCalendar[] {
    const last = this.open.at(-1);
    if (last !== undefined) throw invalid(`BEGIN:${shown(last.name)} has no END.`, last.line);
    if (this.calendars.length === 0) throw invalid('There is no BEGIN:VCALENDAR.', Math.max(1, line));
    return this.calendars;
  }

  private begin(name: string, { line, start }: LineReader): void {
    const depth = this.open.length;
    if (depth === 0 && name !== 'VCALENDAR') throw notACalendar(line);
    if (depth === MAX_NESTING) throw invalid(`Components are nested at most ${MAX_NESTING} deep.`, line);
    if (depth === 0 && this.calendars.length === MAX_FILE_CALENDARS)
      throw invalid(`A file has at most ${MAX_FILE_CALENDARS} calendars.`, line);
    if (depth === 1 && (this.partCount += 1) > MAX_FILE_COMPONENTS)
      throw invalid(`A file has at most ${MAX_FILE_COMPONENTS} components.`, line);
    if (depth === 0) this.calendars.push({ properties: [], parts: [] });
    if (depth === 1) this.uid = null;
    this.open.push({ name, line, start });
  }

  private close(name: string, { line, end }: LineReader): void {
    const begun = this.open.pop();
    if (begun?.name !== name) {
      const expected =
        begun === undefined ? 'has no BEGIN' : `ends BEGIN:${shown(begun.name)} of line ${begun.line}`;
      throw invalid(`END:${shown(name)} ${expected}.`, line);
    }
    if (this.open.length !== 1) return;
    this.calendars.at(-1)?.parts.push({ ...begun, end, uid: this.uid });
  }

  /** Reads a line that no component of a calendar has. */
  private readOutside(lines: LineReader): void {
    const text = lines.text();
    if (text.trim() === '') return;
    if (this.open.length === 0) throw notACalendar(lines.line);
    const properties = this.calendars.at(-1)?.properties ?? [];
    if (properties.length === MAX_CALENDAR_PROPERTIES)
      throw invalid(`A VCALENDAR has at most ${MAX_CALENDAR_PROPERTIES} properties.`, lines.line);
    properties.push({ text, line: lines.line });
  }
}

function uidOf(text: string, line: number): string | null {
  try {
    return uidFrom(parsedLine(text, line));
  } catch {
    // Reading the component refuses the line.
    return null;
  }
}

function uidFrom({ value }: ContentLine): string | null {
  const uid = textOf(value).trim();
  return uid === '' ? null : uid.slice(0, MAX_UID_LENGTH + 1);
}

function notACalendar(line: number): ICalendarError {
  return invalid('A file of iCalendar is BEGIN:VCALENDAR to END:VCALENDAR.', line);
}

function invalid(reason: string, line: number): ICalendarError {
  return new ICalendarError('invalid_icalendar', reason, line);
}

function shown(name: string): string {
  return name.slice(0, 40);
}
