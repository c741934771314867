import { originalStartsIn } from '../../calendar/recurrence/changes/series-move.js';
import { splitSeries } from '../../calendar/recurrence/changes/split-series.js';
import type { SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import { formatCivilTime } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { type SeriesOverride, seriesDefinition } from '../../scheduling/occurrences/series-record.js';
import type { EventPatch } from '../model/commands.js';
import type { EventRecord, OverrideRecord, RecordedOccurrence } from '../model/event-record.js';
import { attendsOccurrencesOnly } from '../model/event-words.js';
import { withoutPatchedFields } from '../model/occurrence-override.js';
import { findFirstOccurrence } from '../model/original-start.js';
import { recordedSchedule } from '../model/schedule/recorded-schedule.js';
import { scheduleFrom } from '../model/schedule/schedule.js';
import type { ChangeResources } from './change-resources.js';
import type { EventChange, WrittenChange, WrittenEvents } from './event-change.js';
import { patchEvent } from './patch-event.js';

/** A series that was cut before an occurrence. */
interface Cut extends WrittenEvents {
  /** The series from the occurrence on: an event of its own, or the event itself if nothing comes before. */
  readonly later: EventRecord;
}

/**
 * Changes an occurrence and all later ones, which become an event of their own with the same attendees. The fields that
 * the patch names change for the occurrence itself, too; its other fields keep their override.
 */
export function patchFollowing(
  occurrence: RecordedOccurrence,
  patch: EventPatch,
  occurrences: OccurrencesService,
): EventChange<WrittenChange> {
  return async (event, resources) => {
    const { later, ...cut } = await cutBefore(occurrence, event, resources);
    const override = occurrence.override && withoutPatchedFields(occurrence.override, patch);
    if (override) await resources.occurrenceRecords.saveOverride(later.id, override);
    const { originalCivilStart: originalStart, start: startAt } = occurrence;
    const named = { series: scheduleFrom(event), originalStart, startAt };
    const patched = override ? replacingOverride(later, override) : later;
    const written = await patchEvent(patch, named, later)(patched, resources);
    return {
      ...written,
      ...cut,
      eventIds: [...new Set([...cut.eventIds, ...written.eventIds])],
      before: later.id === event.id ? event : null,
      held: later,
      occurrenceIn: (after) => {
        const moved = originalStartsIn(seriesDefinition(later), seriesDefinition(after))(originalStart);
        const at = moved === null ? null : timeZone(after.timeZone).toInstant(moved);
        return (at === null ? null : occurrences.at(after, at)) ?? findFirstOccurrence(after, occurrences);
      },
    };
  };
}

/** Ends a series before an occurrence. If nothing comes before it, deletes the event. */
export function endBefore(occurrence: RecordedOccurrence): EventChange<WrittenEvents> {
  return async (event, { events, occurrenceRecords, attendance }) => {
    const { before } = splitSeries(seriesDefinition(event), occurrence.originalCivilStart);
    if (before === null) {
      await events.delete(event.id);
      return { eventIds: [] };
    }
    const key = keyOf(occurrence);
    await occurrenceRecords.dropFrom(key, event.id);
    await attendance.settle(event.id);
    await events.change(event.id, { ...fieldsOf(before, event), endsBefore: key });
    return { eventIds: [event.id] };
  };
}

async function cutBefore(
  occurrence: RecordedOccurrence,
  event: EventRecord,
  { events, occurrenceRecords, declines, guests, attendance, contents }: ChangeResources,
): Promise<Cut> {
  const { before, after } = splitSeries(seriesDefinition(event), occurrence.originalCivilStart);
  if (before === null) return { later: event, eventIds: [] };
  const key = keyOf(occurrence);
  const fields = fieldsOf(after, event);
  const laterId = await events.copy(event.id, fields);
  await occurrenceRecords.moveFrom(key, event.id, laterId);
  await guests.split(event.id, laterId, key);
  await contents.copy(event.id, laterId);
  await attendance.settleSplit(event.id, laterId);
  await declines.copy(event.id, laterId);
  await events.change(event.id, { ...fieldsOf(before, event), endsBefore: key });
  const isLater = ({ originalStart }: { readonly originalStart: string }) => originalStart >= key;
  const [overrides, answers] = [event.overrides.filter(isLater), event.answers.filter(isLater)];
  // The copy has other guests than the event, and only those attendees of single occurrences who have one in it.
  const differs = event.guests.length > 0 || event.attendees.some(attendsOccurrencesOnly);
  const copied = differs ? await events.withId(laterId) : null;
  return {
    later: copied ?? { ...event, ...fields, id: laterId, overrides, answers },
    eventIds: [event.id, laterId],
    split: { fromEventId: event.id, toEventId: laterId, originalStart: key },
  };
}

function replacingOverride(event: EventRecord, override: OverrideRecord): EventRecord {
  const others = event.overrides.filter(({ originalStart }) => originalStart !== override.originalStart);
  const overrides = [...others, override].toSorted((a, b) => (a.originalStart < b.originalStart ? -1 : 1));
  return { ...event, overrides };
}

function keyOf({ originalCivilStart }: RecordedOccurrence): string {
  return formatCivilTime(originalCivilStart);
}

/** The fields of a part of a series that was cut. */
function fieldsOf(
  definition: SeriesDefinition<SeriesOverride<OverrideRecord>>,
  { endTimeZone, floating }: Pick<EventRecord, 'endTimeZone' | 'floating'>,
) {
  const startAt = timeZone(definition.timeZone).toInstant(definition.start);
  return recordedSchedule({ ...definition, startAt, endTimeZone, floating }, definition.overrides);
}
