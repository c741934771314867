import { type CivilTime, formatCivilTime, parseCivilTime } from '../../calendar/time/civil-time.js';
import { isSameLength, type Length } from '../../calendar/time/length.js';
import { type TimeZone, timeZone } from '../../calendar/time/time-zone.js';
import { invalidInput } from '../../errors/domain-error.js';
import { type SeriesOverride, seriesOverride } from '../../scheduling/occurrences/series-record.js';
import type { EventPatch, OccurrencePatch } from './commands.js';
import type { EventRecord, OverrideRecord, RecordedOccurrence } from './event-record.js';
import { changedSchedule } from './schedule/schedule-change.js';

/** The fields of a series on which its overrides depend. */
type Series = Pick<EventRecord, 'allDay' | 'floating' | 'timeZone' | 'endTimeZone' | 'length'>;

/**
 * The part of a patch that one occurrence can take.
 * @throws {DomainError} invalid, naming a field that only a whole series has
 */
export function occurrencePatchOf(patch: EventPatch): OccurrencePatch {
  const {
    organizerId,
    calendarId,
    visibility,
    invitedUserIds,
    invitedRoomIds,
    invited,
    schedule,
    conflictPolicy: _policy,
    ...rest
  } = patch;
  const { url, color, categories, conference, externalId, metadata, ...own } = rest;
  const ofSeries = {
    repeat: schedule?.repeat,
    timeZone: schedule?.timeZone,
    endTimeZone: schedule?.endTimeZone,
    floating: schedule?.floating,
    allDay: schedule?.allDay,
    organizer: organizerId,
    calendar: calendarId,
    visibility,
    invitedUsers: invitedUserIds,
    invitedRooms: invitedRoomIds,
    invited,
    url,
    color,
    categories,
    conference,
    externalId,
    metadata,
  };
  const wrong = Object.entries(ofSeries).find(([, value]) => value !== undefined);
  if (wrong !== undefined) {
    const message = 'belongs to the series: use `following`, or change the event';
    throw invalidInput({ field: wrong[0], message });
  }
  return { ...own, ...(schedule && { schedule }) };
}

/**
 * The override of one occurrence after a patch. A field that the patch does not name stays as it was.
 * @throws {DomainError} invalid, naming the field
 */
export function overrideOf(
  series: Series,
  occurrence: Pick<RecordedOccurrence, 'start' | 'originalCivilStart' | 'override'>,
  patch: OccurrencePatch,
): SeriesOverride<OverrideRecord> {
  const before = occurrence.override;
  const { start, length } = timesOf(series, occurrence, patch);
  const { status, title, description, location, showAs } = patch;
  const record = {
    originalStart: formatCivilTime(occurrence.originalCivilStart),
    cancelled: status === undefined ? (before?.cancelled ?? false) : status === 'cancelled',
    start: start === null ? null : formatCivilTime(start),
    length,
    title: title ?? before?.title ?? null,
    description: description === undefined ? (before?.description ?? null) : (description ?? ''),
    location: location === undefined ? (before?.location ?? null) : (location ?? ''),
    showAs: showAs ?? before?.showAs ?? null,
  };
  return seriesOverride(record, occurrence.originalCivilStart, start);
}

/** The override of an occurrence that has none: nothing differs from the series. */
export function withoutOverride({ originalStart }: Pick<OverrideRecord, 'originalStart'>): OverrideRecord {
  return {
    originalStart,
    cancelled: false,
    start: null,
    length: null,
    title: null,
    description: null,
    location: null,
    showAs: null,
  };
}

export function isSameOverride(one: OverrideRecord, other: OverrideRecord): boolean {
  const isSameLengthOrNone =
    one.length === null || other.length === null
      ? one.length === other.length
      : isSameLength(one.length, other.length);
  return (
    isSameLengthOrNone &&
    (['originalStart', 'cancelled', 'start', 'title', 'description', 'location', 'showAs'] as const).every(
      (name) => one[name] === other[name],
    )
  );
}

/** The override of an occurrence without the fields that a patch names for it and all later occurrences. */
export function withoutPatchedFields(override: OverrideRecord, patch: EventPatch): OverrideRecord {
  return {
    ...override,
    ...(patch.status !== undefined && { cancelled: false }),
    ...(patch.schedule?.start !== undefined && { start: null }),
    ...(patch.schedule?.endOrLength !== undefined && { length: null }),
    ...(patch.title !== undefined && { title: null }),
    ...(patch.description !== undefined && { description: null }),
    ...(patch.location !== undefined && { location: null }),
    ...(patch.showAs !== undefined && { showAs: null }),
  };
}

/** The start and the length of the occurrence; null where they are those of the series. */
function timesOf(
  { allDay, floating, timeZone: zone, endTimeZone, length }: Series,
  {
    start,
    originalCivilStart,
    override,
  }: Pick<RecordedOccurrence, 'start' | 'originalCivilStart' | 'override'>,
  { schedule = {} }: OccurrencePatch,
): { readonly start: CivilTime | null; readonly length: Length | null } {
  const own = {
    allDay,
    floating,
    timeZone: zone,
    endTimeZone,
    start: timeZone(zone).toExactCivil(start),
    startAt: start,
    length: override?.length ?? length,
    rule: null,
    rdates: [],
    exdates: [],
  };
  const changed = changedSchedule(own, schedule);
  const moved = civilStartAs(override, changed.start, timeZone(zone));
  return {
    start: isSameStart(moved, originalCivilStart, timeZone(zone)) ? null : moved,
    length: isSameLength(changed.length, length) ? null : changed.length,
  };
}

/** The civil start of an override, as it was if it means the same: that of a file may be in a gap of the clocks. */
function civilStartAs(before: OverrideRecord | null, start: CivilTime, zone: TimeZone): CivilTime {
  const written = before?.start == null ? null : parseCivilTime(before.start);
  return written !== null && isSameStart(written, start, zone) ? written : start;
}

/** Whether two civil starts name one instant. A start in a gap of the clocks names one after the gap. */
function isSameStart(one: CivilTime, other: CivilTime, zone: TimeZone): boolean {
  return one === other || zone.toInstant(one) === zone.toInstant(other);
}
