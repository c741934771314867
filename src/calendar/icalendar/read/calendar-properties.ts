import { writtenDuration } from '../content/duration-value.js';
import { type ParsedLine, parsedLine } from '../content/parsed-line.js';
import { plainText, textOf } from '../content/text-value.js';
import { colorOf } from '../fields/css-colors.js';
import { cut } from '../fields/text-fields.js';
import { TEXT_LIMITS } from '../model/icalendar-limits.js';
import { type ICalendarWarning, ReadingNotes } from '../model/reading-notes.js';
import { namedZone } from '../zones/named-zone.js';
import type { FileCalendar } from './file-parts.js';

/** What a VCALENDAR says of itself. */
export interface FileProperties {
  readonly name: string | null;
  readonly color: string | null;
  /** Seconds. */
  readonly refreshInterval: number | null;
  /** X-WR-TIMEZONE, as an IANA name. */
  readonly timeZone: string | null;
  readonly warnings: readonly ICalendarWarning[];
}

/**
 * The properties of a VCALENDAR (RFC 7986 §5, and their forerunners by Apple and Microsoft). A line that is none is noted
 * and left out.
 * @example calendarProperties(calendar.properties).name
 */
export function calendarProperties(lines: FileCalendar['properties']): FileProperties {
  const notes = new ReadingNotes();
  const properties = new Map<string, ParsedLine>();
  for (const { text, line } of lines) {
    try {
      const property = parsedLine(text, line);
      if (!properties.has(property.name)) properties.set(property.name, property);
    } catch {
      notes.warn('invalid_line', 'The line of the calendar is no property and was left out.', line);
    }
  }
  const textOfFirst = (...names: readonly string[]): string | null => {
    const found = names.map((name) => properties.get(name)).find((property) => property !== undefined);
    const text = found === undefined ? '' : plainText(textOf(found.value)).replaceAll('\n', ' ').trim();
    return text === '' ? null : cut(text, TEXT_LIMITS.title);
  };
  const interval = writtenDuration(textOfFirst('REFRESH-INTERVAL', 'X-PUBLISHED-TTL') ?? '');
  return {
    name: textOfFirst('NAME', 'X-WR-CALNAME'),
    color: colorOf(textOfFirst('COLOR') ?? '') ?? colorOf(textOfFirst('X-APPLE-CALENDAR-COLOR') ?? ''),
    refreshInterval: interval && interval.days * SECONDS_OF_DAY + interval.seconds,
    timeZone: namedZone(textOfFirst('X-WR-TIMEZONE') ?? ''),
    warnings: notes.warnings,
  };
}

const SECONDS_OF_DAY = 86_400;
