import { DomainError } from '../../errors/domain-error.js';
import type { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import {
  repeats,
  type SeriesOverride,
  seriesDefinition,
} from '../../scheduling/occurrences/series-record.js';
import { isMovedByOverride } from '../model/attendance/moved-occurrences.js';
import type { EventPatch, OccurrenceName, OccurrencePatch } from '../model/commands.js';
import type { EventRecord, OverrideRecord, RecordedOccurrence } from '../model/event-record.js';
import {
  isSameOverride,
  occurrencePatchOf,
  overrideOf,
  withoutOverride,
} from '../model/occurrence-override.js';
import { findFirstOccurrence, findOccurrence } from '../model/original-start.js';
import { recordedSchedule } from '../model/schedule/recorded-schedule.js';
import { scheduleFrom } from '../model/schedule/schedule.js';
import { resetAnswers } from './attendees/reset-answers.js';
import type { ChangeResources } from './change-resources.js';
import { deleteEvent } from './delete-event.js';
import type { EventChange, WrittenChange, WrittenEvents } from './event-change.js';
import { refuseDeepOverlapAt } from './limits/overlap-limit.js';
import { patchEvent } from './patch-event.js';
import { endBefore, patchFollowing } from './patch-following.js';

/** As many as RDATEs and EXDATEs of one request: every list of every attendee reads those near its window. */
export const MAX_CHANGED_OCCURRENCES = 1_000;

/** Changes one occurrence, or it and all later ones. An event that does not repeat changes as a whole. */
export function patchOccurrence(
  { originalStart, scope }: OccurrenceName,
  patch: EventPatch,
  occurrences: OccurrencesService,
): EventChange<WrittenChange> {
  return async (event, resources) => {
    const occurrence = findOccurrence(event, originalStart, occurrences);
    if (!repeats(event)) {
      const written = await patchEvent(patch)(event, resources);
      return { ...written, occurrenceIn: (after) => findFirstOccurrence(after, occurrences) };
    }
    if (scope === 'following') return patchFollowing(occurrence, patch, occurrences)(event, resources);
    return {
      ...(await saveOverride(occurrence, occurrencePatchOf(patch), event, resources)),
      eventId: event.id,
      before: event,
      policy: patch.conflictPolicy ?? 'allow',
      occurrenceIn: (after) => occurrences.at(after, occurrence.originalStart) ?? occurrence,
      bookedOccurrence: true,
    };
  };
}

/** Cancels one occurrence, or ends the series before it. An event that does not repeat is deleted. */
export function deleteOccurrence(
  { originalStart, scope }: OccurrenceName,
  occurrences: OccurrencesService,
): EventChange<WrittenEvents> {
  return async (event, resources) => {
    const occurrence = findOccurrence(event, originalStart, occurrences);
    if (!repeats(event)) return deleteEvent(event, resources);
    if (scope === 'following') return endBefore(occurrence)(event, resources);
    return saveOverride(occurrence, { status: 'cancelled' }, event, resources);
  };
}

async function saveOverride(
  occurrence: RecordedOccurrence,
  patch: OccurrencePatch,
  event: EventRecord,
  resources: ChangeResources,
): Promise<WrittenEvents> {
  const { events, occurrenceRecords } = resources;
  const changed = overrideOf(event, occurrence, patch);
  if (isOverriddenAlready(event, changed)) return { eventIds: [] };
  await resetMoved(event, changed, patch.keepAnswers === true, resources);
  const overrides = overridesWith(event, changed);
  const schedule = scheduleFrom(event);
  refuseDeepOverlapAt(schedule, overrides, occurrence.originalCivilStart, patch);
  await occurrenceRecords.saveOverride(event.id, changed.record);
  const { secondPasses, span } = recordedSchedule(schedule, overrides);
  await events.change(event.id, { secondPasses, span });
  return { eventIds: [event.id] };
}

/** The record of an override does not tell which of two equal hours its start is in; the override does. */
function isOverriddenAlready(event: EventRecord, changed: SeriesOverride<OverrideRecord>): boolean {
  const { record } = changed;
  const before = overrideIn(event, record.originalStart);
  return isSameOverride(before?.record ?? withoutOverride(record), record) && before?.start === changed.start;
}

function overrideIn(event: EventRecord, key: string): SeriesOverride<OverrideRecord> | undefined {
  return seriesDefinition(event).overrides.find(({ record }) => record.originalStart === key);
}

/** Makes the answers to the occurrence open if its override moves it, or gives it another place. */
async function resetMoved(
  event: EventRecord,
  after: SeriesOverride<OverrideRecord>,
  keepsAnswers: boolean,
  resources: ChangeResources,
): Promise<void> {
  const { overrides } = seriesDefinition(event);
  const series = { schedule: scheduleFrom(event), location: event.location, overrides };
  const key = after.record.originalStart;
  const before = overrideIn(event, key);
  const moved = isMovedByOverride(series, before, after) ? [key] : [];
  await resetAnswers(event, { series: false, moved, unmoved: [] }, keepsAnswers, resources);
}

/** @throws {DomainError} limit-exceeded `too_many_changed_occurrences` */
function overridesWith(
  event: EventRecord,
  override: SeriesOverride<OverrideRecord>,
): SeriesOverride<OverrideRecord>[] {
  const before = seriesDefinition(event).overrides;
  const key = override.record.originalStart;
  const others = before.filter(({ record }) => record.originalStart !== key);
  if (others.length === before.length) refuseMoreOverrides(others.length + 1);
  return [...others, override];
}

/** @throws {DomainError} limit-exceeded `too_many_changed_occurrences`, if a series may not have so many overrides */
export function refuseMoreOverrides(count: number): void {
  if (count <= MAX_CHANGED_OCCURRENCES) return;
  const detail = `A series has at most ${MAX_CHANGED_OCCURRENCES} occurrences that were changed or deleted on their own: change it as a whole, or use \`following\`.`;
  throw new DomainError('limit-exceeded', 'too_many_changed_occurrences', detail);
}
