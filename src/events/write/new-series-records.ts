import type { Occurrence } from '../../calendar/recurrence/series/event-series.js';
import { occurrenceAt } from '../../calendar/recurrence/series/recurrence-set.js';
import { formatCivilTime } from '../../calendar/time/civil-time.js';
import { formatWhen, type When } from '../../calendar/time/when.js';
import { notFound } from '../../errors/domain-error.js';
import { repeats, type SeriesOverride } from '../../scheduling/occurrences/series-record.js';
import { refuseSeriesBeyondLimits } from '../model/command-limits.js';
import type {
  ImportedSeries,
  NewAttendee,
  NewEvent,
  NewGuest,
  NewOverride,
  NewSeries,
} from '../model/commands.js';
import type { EventFields, OccurrenceAnswerRecord, OverrideRecord } from '../model/event-record.js';
import type { Visibility } from '../model/event-words.js';
import { overrideOf } from '../model/occurrence-override.js';
import { originalStartsOf } from '../model/original-start.js';
import { recordedSchedule } from '../model/schedule/recorded-schedule.js';
import { type Schedule, seriesOf } from '../model/schedule/schedule.js';
import { newSchedule } from '../model/schedule/schedule-change.js';
import { refuseDeepOverlap } from './limits/overlap-limit.js';
import { refuseMoreOverrides } from './occurrence-change.js';

/** The records of a new series. */
export interface NewSeriesRecords {
  readonly event: EventFields;
  /** The calendar of the organizer; null: the primary one. */
  readonly calendarId: number | null;
  readonly attendees: readonly NewAttendee[];
  readonly guests: readonly NewGuest[];
  readonly overrides: readonly OverrideRecord[];
  readonly answers: readonly OccurrenceAnswerRecord[];
  readonly imported?: ImportedSeries;
}

/** The values of fields that a command does not name: from the organizer and the server. */
export interface CreationDefaults {
  /** The zone of the organizer. */
  readonly timeZone: string;
  readonly visibility: Visibility;
}

/** A new event as a series without overrides and answers. */
export function asNewSeries({
  invitedUserIds,
  optionalUserIds = [],
  invitedRoomIds,
  invited: guests,
  ...event
}: NewEvent): NewSeries {
  const status = 'needs_action' as const;
  const rooms = new Set(invitedRoomIds);
  const persons = new Set(invitedUserIds.filter((id) => id !== event.organizerId && !rooms.has(id)));
  const attendees = [
    ...[...persons].map((userId) => {
      const role = optionalUserIds.includes(userId) ? ('optional' as const) : undefined;
      return { userId, role, status, comment: null };
    }),
    ...[...rooms].map((userId) => ({ userId, isRoom: true as const, status, comment: null })),
  ];
  return { ...event, status: 'confirmed', attendees, guests, overrides: [], answers: [] };
}

/**
 * Derives the records of a new series from the command.
 * @throws {DomainError} invalid, naming the field; not-found `occurrence_not_found`; limit-exceeded
 */
export function newSeriesRecords(series: NewSeries, defaults: CreationDefaults): NewSeriesRecords {
  refuseSeriesBeyondLimits(series);
  const { schedule: command, visibility = defaults.visibility } = series;
  const schedule = newSchedule(command, defaults.timeZone);
  const find = finderIn(schedule);
  const overrides = overridesOf(series.overrides, schedule, find);
  refuseDeepOverlap(schedule, overrides, { schedule: command });
  const { organizerId, title, description, location, showAs, status } = series;
  const { url, color, categories, conference, externalId, metadata } = series;
  const shown = { url, color, categories, conference, externalId, metadata };
  const foreignOrganizer = (series.imported?.owner ?? null) !== null;
  const texts = { title, description, location, visibility, showAs, status };
  const details = { organizerId, foreignOrganizer, ...texts, ...shown };
  return {
    event: { ...details, ...recordedSchedule(schedule, overrides), endsBefore: null },
    calendarId: series.calendarId ?? null,
    attendees: series.attendees,
    guests: series.guests,
    overrides: overrides.map(({ record }) => record),
    answers: series.answers.map(({ originalStart, ...answer }) => ({
      ...answer,
      removed: false,
      originalStart: formatCivilTime(find(originalStart).originalCivilStart),
    })),
    imported: series.imported,
  };
}

type Find = (originalStart: When) => Occurrence;

function overridesOf(
  overrides: readonly NewOverride[],
  schedule: Schedule,
  find: Find,
): SeriesOverride<OverrideRecord>[] {
  refuseMoreOverrides(overrides.length);
  return overrides.map(({ originalStart, patch }) =>
    overrideOf(schedule, { ...find(originalStart), override: null }, patch),
  );
}

/** Finds occurrences of a series by their original start; an event that does not repeat has none to override. */
function finderIn(schedule: Schedule): Find {
  return (originalStart) => {
    if (!repeats(schedule)) throw notFound('occurrence', formatWhen(originalStart));
    const candidates = originalStartsOf(originalStart, schedule);
    const [occurrence] = candidates.flatMap((at) => occurrenceAt(seriesOf(schedule), at) ?? []);
    if (!occurrence) throw notFound('occurrence', formatWhen(originalStart));
    return occurrence;
  };
}
