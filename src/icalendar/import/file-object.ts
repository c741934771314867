import { createHash } from 'node:crypto';
import type { ICalendarEvent } from '../../calendar/icalendar/model/icalendar-event.js';
import type { ICalendarWarning } from '../../calendar/icalendar/model/reading-notes.js';
import type { ICalendarProblem, ReadEvents } from '../../calendar/icalendar/read/calendar-file.js';
import { contentOf } from '../../calendar/icalendar/write/same-event.js';

/** Bytes. An index of the database has no longer texts. */
const MAX_UID_BYTES = 2_000;

/** An event of a file with a UID. */
export type NamedEvent = ICalendarEvent & { readonly uid: string };

/** An object of a file whose events all have a UID. */
export interface FileObject {
  readonly uid: string;
  readonly line: number;
  /** The event, and the later parts into which RANGE=THISANDFUTURE splits it. */
  readonly events: readonly [NamedEvent, ...NamedEvent[]];
  readonly recurrenceLines: ReadEvents['recurrenceLines'];
  readonly warnings: readonly ICalendarWarning[];
}

/** The object, with UIDs that follow from its content if it has none: a file that is imported twice has the same. */
export function fileObject({
  uid,
  line,
  events,
  recurrenceLines,
  warnings,
}: ReadEvents): FileObject | ICalendarProblem {
  const named = uid ?? uidOfContent(events);
  const [first, ...later] = events.map((event, index) => ({
    ...event,
    uid: index === 0 ? named : (event.uid ?? `${named}_R${index}`),
  }));
  if (events.some((event) => Buffer.byteLength(event.uid ?? named) > MAX_UID_BYTES))
    return { code: 'uid_too_long', detail: `A UID has at most ${MAX_UID_BYTES} bytes.`, line, part: 'UID' };
  return { uid: named, line, events: [first, ...later], recurrenceLines, warnings };
}

function uidOfContent(events: readonly ICalendarEvent[]): string {
  const hash = createHash('sha256');
  for (const event of events) hash.update(`${contentOf(event)}\n`);
  const digits = hash.digest('hex');
  // A UUID of version 8 (RFC 9562 §5.8).
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(12, 15)}`,
    `8${digits.slice(15, 18)}`,
    digits.slice(18, 30),
  ].join('-');
}
