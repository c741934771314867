import type { EventPatch } from '../../model/commands.js';
import type { CutSchedule } from '../../model/cut/cut-schedule.js';
import type { EventRecord, GuestRecord } from '../../model/event-record.js';
import { isSameConference, isSameList, SIMPLE_FIELDS } from '../../model/replacement/equal-values.js';
import { isSameSchedule } from '../../model/replacement/replaced-schedule.js';
import { scheduleFrom } from '../../model/schedule/schedule.js';
import type { ChangedEventsRepository } from '../../store/batch/changed-events.repository.js';
import type { ImportedEventsRepository } from '../../store/import/imported-events.repository.js';
import type { DeclinedStarts } from '../../store/remembered-declines.repository.js';
import { CollectedFields } from '../batch/collected-fields.js';
import type { ChangeResources, FieldWriter } from '../change-resources.js';
import type { WrittenChange } from '../event-change.js';
import type { NewSeriesRows } from '../new-series-rows.js';
import { writePatch } from '../patch-event.js';
import type { ImportedRecords, ImportTarget } from './imported-records.js';

interface Resources {
  readonly resources: ChangeResources;
  readonly imported: ImportedEventsRepository;
  readonly rows: NewSeriesRows;
  readonly changedEvents: ChangedEventsRepository;
}

/** A locked event of the user as it is now, and as a file has it. */
export interface Replacement {
  readonly event: EventRecord;
  readonly records: ImportedRecords;
}

/**
 * Makes different locked events of the user as a file has them. The users who attend them, and the guests who were invited
 * here, stay: a file neither invites nor removes anybody. Their answers become open as after any change of the times. If no
 * event has other attendees, or moves, the number of statements does not depend on the number of events.
 */
export async function replaceImported(
  replacements: readonly Replacement[],
  target: ImportTarget,
  { resources, imported, rows, changedEvents }: Resources,
): Promise<WrittenChange[]> {
  const ids = replacements.map(({ event }) => event.id);
  await putIntoCalendar(replacements, target, resources);
  const collected = new CollectedFields(changedEvents);
  const declined = await declinedOf(replacements, resources);
  const written: WrittenChange[] = [];
  for (const { event, records } of replacements) {
    const { span, secondPasses, foreignOrganizer } = records.event;
    // The overrides of the file decide the time that the event spans.
    const fields: FieldWriter = {
      change: async (id, given) => collected.change(id, { ...given, span, secondPasses, foreignOrganizer }),
    };
    const next = nextOf({ event, records });
    const patch = patchOf({ event, records }, next);
    written.push(await writePatch(event, patch, next, { ...resources, fields, declined }));
  }
  await imported.removeParts(ids, target.userId);
  await imported.setOwners(
    target.userId,
    replacements.map(({ event, records }) => ({ eventId: event.id, owner: records.imported?.owner ?? null })),
  );
  await rows.insertParts(await recordsOfParts(replacements, resources), ids);
  await collected.write();
  return written;
}

function nextOf({ event, records: { schedule } }: Replacement): CutSchedule | undefined {
  return isSameSchedule(scheduleFrom(event), schedule) ? undefined : { schedule, endsBefore: null };
}

function patchOf({ event, records }: Replacement, next: CutSchedule | undefined): EventPatch {
  const { event: fields } = records;
  return {
    ...Object.fromEntries(
      SIMPLE_FIELDS.filter((name) => fields[name] !== event[name]).map((name) => [name, fields[name]]),
    ),
    ...(!isSameList(fields.categories, event.categories) && { categories: fields.categories }),
    ...(!isSameConference(fields.conference, event.conference) && { conference: fields.conference }),
    ...(next && { schedule: {} }),
  };
}

/** Puts the events into the calendar of the import. Books nothing: a replacement books the time of its event in any case. */
async function putIntoCalendar(
  replacements: readonly Replacement[],
  { userId, calendarId }: ImportTarget,
  { calendars, entries }: ChangeResources,
): Promise<void> {
  if (calendarId === null) return;
  const isPrivate = replacements.some(({ records }) => records.event.visibility === 'private');
  const named = { calendarId, userId, isPrivate };
  (await calendars.keep([named]))(named);
  await entries.putInto(
    replacements.map(({ event }) => event.id),
    userId,
    calendarId,
  );
}

/** The declined occurrences of all events, in one statement. */
async function declinedOf(
  replacements: readonly Replacement[],
  { declines }: ChangeResources,
): Promise<DeclinedStarts> {
  const before = await declines.originalStartsOf(replacements.map(({ event }) => event.id));
  return { originalStarts: async (id) => before.get(id) ?? [] };
}

/** The records without the guests who stay, after the organizer has answered for these. */
async function recordsOfParts(
  replacements: readonly Replacement[],
  resources: ChangeResources,
): Promise<ImportedRecords[]> {
  const parts: ImportedRecords[] = [];
  for (const { event, records } of replacements) {
    const { imported: file } = records;
    const invited = new Map(
      event.guests.flatMap((guest) => (guest.importedAs === null ? [[guest.address, guest] as const] : [])),
    );
    await answerForInvited(event.id, invited, file?.guests ?? [], resources);
    const guests = (file?.guests ?? []).filter(({ address }) => !invited.has(address));
    parts.push({ ...records, imported: file && { ...file, guests } });
  }
  return parts;
}

/** The organizer answers for guests who were invited here, also by a file. */
async function answerForInvited(
  eventId: number,
  invited: ReadonlyMap<string, GuestRecord>,
  named: NonNullable<ImportedRecords['imported']>['guests'],
  { guests }: ChangeResources,
): Promise<void> {
  for (const { address, status } of named) {
    const guest = invited.get(address);
    if (guest && guest.status !== status && guest.occurrencesStatus === null)
      await guests.answer(eventId, guest.inviteId, { status, comment: guest.comment }, false);
  }
}
