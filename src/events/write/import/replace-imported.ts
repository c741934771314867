import type { EventPatch } from '../../model/commands.js';
import type { CutSchedule } from '../../model/cut/cut-schedule.js';
import type { EventRecord, GuestRecord } from '../../model/event-record.js';
import { isSameConference, isSameList } from '../../model/replacement/equal-values.js';
import { isSameSchedule } from '../../model/replacement/replaced-schedule.js';
import { scheduleFrom } from '../../model/schedule/schedule.js';
import type { ImportedEventsRepository } from '../../store/import/imported-events.repository.js';
import type { ChangeResources } from '../change-resources.js';
import type { WrittenChange } from '../event-change.js';
import type { NewSeriesRows } from '../new-series-rows.js';
import { writePatch } from '../patch-event.js';
import type { ImportedRecords, ImportTarget } from './imported-records.js';

interface Resources {
  readonly resources: ChangeResources;
  readonly imported: ImportedEventsRepository;
  readonly rows: NewSeriesRows;
}

/** The fields of one value. */
const SIMPLE = [
  'title',
  'description',
  'location',
  'visibility',
  'showAs',
  'status',
  'url',
  'color',
] as const;

/**
 * Makes a locked event of the user as a file has it. The users who attend it, and the guests who were invited here, stay: a
 * file neither invites nor removes anybody. Their answers become open as after any change of the times.
 */
export async function replaceImported(
  event: EventRecord,
  records: ImportedRecords,
  target: ImportTarget,
  { resources, imported, rows }: Resources,
): Promise<WrittenChange> {
  const { schedule, event: fields, imported: file } = records;
  const next: CutSchedule | undefined = isSameSchedule(scheduleFrom(event), schedule)
    ? undefined
    : { schedule, endsBefore: null };
  const { calendarId } = target;
  const patch: EventPatch = {
    ...Object.fromEntries(
      SIMPLE.filter((name) => fields[name] !== event[name]).map((name) => [name, fields[name]]),
    ),
    ...(!isSameList(fields.categories, event.categories) && { categories: fields.categories }),
    ...(!isSameConference(fields.conference, event.conference) && { conference: fields.conference }),
    ...(calendarId !== null && { calendarId }),
    ...(next && { schedule: {} }),
    conflictPolicy: 'allow',
  };
  const written = await writePatch(event, patch, next, resources);
  await imported.removeParts(event.id, target.userId);
  await imported.setOwner(event.id, target.userId, file?.owner ?? null);
  const invited = new Map(
    event.guests.flatMap((guest) => (guest.importedAs === null ? [[guest.address, guest] as const] : [])),
  );
  const guests = (file?.guests ?? []).filter(({ address }) => !invited.has(address));
  await answerForInvited(event.id, invited, file?.guests ?? [], resources);
  await rows.insertParts([{ ...records, imported: file && { ...file, guests } }], [event.id]);
  const { span, secondPasses } = fields;
  await imported.setFieldsOfParts(event.id, {
    span,
    secondPasses,
    foreignOrganizer: fields.foreignOrganizer,
  });
  return written;
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
