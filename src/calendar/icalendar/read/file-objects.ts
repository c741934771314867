import { parsedComponent } from '../content/component-reader.js';
import { LineReader } from '../content/line-reader.js';
import type { ReadingNotes } from '../model/reading-notes.js';
import { FileZones } from '../zones/file-zones.js';
import { calendarProperties, type FileProperties } from './calendar-properties.js';
import type { FileCalendar, FilePart } from './file-parts.js';
import { type VEvent, vevent } from './vevent.js';

/** Reads the components of one VCALENDAR, each when it is asked for. */
export class FileObjects {
  readonly properties: FileProperties;
  readonly parts: readonly FilePart[];
  /** The zone of dates and of floating times: that of the calendar, else that of the reader. */
  readonly timeZone: string;
  private readonly zones: FileZones;

  constructor(
    private readonly text: string,
    calendar: FileCalendar,
    timeZone: string,
    comparisons: { left: number },
  ) {
    this.properties = calendarProperties(calendar.properties);
    this.parts = calendar.parts;
    this.timeZone = this.properties.timeZone ?? timeZone;
    const zones = calendar.parts.filter(({ name }) => name === 'VTIMEZONE');
    this.zones = new FileZones(this.timeZone, comparisons, () => zones.map((part) => this.component(part)));
  }

  vevent(part: FilePart, notes: ReadingNotes): VEvent {
    return vevent(this.component(part), part.end - part.start, this.zones, notes);
  }

  private component({ start, end, line }: FilePart) {
    return parsedComponent(new LineReader(this.text, start, end, line));
  }
}
