import type { ICalendarEvent } from '../../calendar/icalendar/model/icalendar-event.js';
import type { ICalendarWarning } from '../../calendar/icalendar/model/reading-notes.js';
import {
  isWithoutSeries,
  joinedOccurrences,
  refuseOtherOccurrences,
} from '../../calendar/icalendar/read/joined-occurrences.js';
import { isSameEvent } from '../../calendar/icalendar/write/same-event.js';
import { DomainError } from '../../errors/domain-error.js';
import { calendarOfAttendee } from '../../events/model/event.policy.js';
import type { FoundEvent, ImportStep } from '../../events/write/import/event-imports.service.js';
import { type ImportTarget, importedRecords } from '../../events/write/import/imported-records.js';
import { importedEvent } from '../model/imported-event.js';
import type { Importer } from '../model/imported-people.js';
import { seenEvent } from '../model/seen-event.js';
import { storedContentOf, storedOccurrencesOf } from '../model/stored-content.js';
import type { FileObject, NamedEvent } from './file-object.js';
import type { ImportStatus, OnDuplicate } from './import-command.js';
import { stayingUsers, withStaying } from './staying-people.js';

/** Decides for each event of an object. @throws as `decisionFor` */
export function decisionsFor(
  { events, line, recurrenceLines }: FileObject,
  found: ReadonlyMap<string, FoundEvent>,
  context: DecisionContext,
): ImportDecision[] {
  const [, ...later] = events.map(({ uid }) => uid);
  return events.map((event, index) => {
    const laterParts = index === 0 ? later : [];
    const present = found.get(event.uid);
    if (present && context.joinsOccurrences && isWithoutSeries(event))
      return decisionForOccurrences({ event, line, recurrenceLines }, present, context);
    return decisionFor(event, present, context, laterParts);
  });
}

/** Decides for changed occurrences of an event that the user has. They leave its other occurrences as they are. */
function decisionForOccurrences(
  {
    event,
    line,
    recurrenceLines,
  }: Pick<FileObject, 'line' | 'recurrenceLines'> & { readonly event: NamedEvent },
  found: FoundEvent,
  context: DecisionContext,
): ImportDecision {
  const present = presentEvent(found, event.uid, found.event.organizerId === context.importer.id);
  if (!repeats(present) && !isWithoutSeries(present)) {
    const [lineOfId = line] = recurrenceLines.values();
    refuseOtherOccurrences(present, event, lineOfId);
    return decisionFor(event, found, context);
  }
  const joined = joinedOccurrences(present, event, line, recurrenceLines);
  const laterParts = storedContentOf(found.kept)?.laterParts;
  const decision = decisionFor({ ...joined.event, uid: event.uid }, found, context, laterParts);
  return { ...decision, warnings: joined.warnings };
}

function repeats({ rule, rdates }: ICalendarEvent): boolean {
  return rule !== null || rdates.length > 0;
}

/** The UIDs of later parts of a series that the present file no longer has. */
export function lostPartsOf({ events }: FileObject, found: ReadonlyMap<string, FoundEvent>): string[] {
  if (isWithoutSeries(events[0])) return [];
  const first = found.get(events[0].uid);
  const parts = (first && storedContentOf(first.kept)?.laterParts) ?? [];
  return parts.filter((part) => events.every(({ uid }) => uid !== part));
}

/** What an import does with one event of a file, and what it tells the client. */
export interface ImportDecision {
  readonly step: ImportStep;
  readonly status: ImportStatus;
  /** What the reader of the event had to decide besides; absent: nothing. */
  readonly warnings?: readonly ICalendarWarning[];
}

/** Decides for one event of a file. */
export interface DecisionContext {
  readonly importer: Importer;
  readonly target: ImportTarget;
  readonly onDuplicate: OnDuplicate;
  /** Whether changed occurrences that a file has alone join the series that the user has; if not, the file is all there is. */
  readonly joinsOccurrences: boolean;
}

/**
 * Decides what to do with an event of a file.
 * @param found the event with the UID that the user has; undefined: the user has none
 * @param laterParts the UIDs of the later parts of the series, if the event is the first
 * @throws {DomainError} invalid; limit-exceeded; conflict `duplicate_uid`, `event_of_another_user`
 */
function decisionFor(
  event: NamedEvent,
  found: FoundEvent | undefined,
  { importer, target, onDuplicate }: DecisionContext,
  laterParts: readonly string[] = [],
): ImportDecision {
  if (found === undefined) {
    return {
      step: {
        kind: 'create',
        records: importedRecords(importedEvent(event, importer, { laterParts }), target),
      },
      status: 'created',
    };
  }
  const isOwn = found.event.organizerId === importer.id;
  const present = presentEvent(found, event.uid, isOwn);
  const current = isOwn ? present : withoutPeople(present);
  const wanted = isOwn ? withStaying(event, present, found.event) : withoutPeople(event);
  if (isSameEvent(wanted, current)) {
    const { calendarId } = target;
    const isElsewhere = calendarId !== null && calendarOfAttendee(found.event, importer.id) !== calendarId;
    if (isElsewhere && onDuplicate === 'replace')
      return { step: { kind: 'move', found }, status: 'replaced' };
    return { step: { kind: 'keep', found }, status: 'unchanged' };
  }
  if (onDuplicate === 'skip') return { step: { kind: 'keep', found }, status: 'skipped' };
  if (onDuplicate === 'error')
    throw new DomainError('conflict', 'duplicate_uid', `Event ${found.event.id} has this UID already.`);
  if (!isOwn)
    throw new DomainError('conflict', 'event_of_another_user', `Event ${found.event.id} is of another user.`);
  const staying = stayingUsers(found.event);
  const imported = importedEvent(event, importer, { version: found.event.version + 1, staying, laterParts });
  return { step: { kind: 'replace', found, records: importedRecords(imported, target) }, status: 'replaced' };
}

/** The event as an export has it. */
export function presentEvent({ event, kept }: FoundEvent, uid: string, isOwn: boolean): ICalendarEvent {
  return seenEvent(event, {
    uid,
    content: isOwn ? storedContentOf(kept) : null,
    occurrences: isOwn ? storedOccurrencesOf(kept) : new Map(),
    people: isOwn,
  });
}

/** The event without what an attendee cannot change: the people, and what no field carries. */
function withoutPeople(event: ICalendarEvent): ICalendarEvent {
  return {
    ...event,
    organizer: null,
    attendees: [],
    kept: null,
    overrides: event.overrides.flatMap(({ attendees: _attendees, revision: _revision, ...override }) => {
      const { originalStart: _originalStart, cancelled, kept: _kept, ...fields } = override;
      return cancelled || Object.keys(fields).length > 0 ? [{ ...override, kept: null }] : [];
    }),
  };
}
