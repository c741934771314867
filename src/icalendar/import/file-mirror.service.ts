import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type CalendarFile,
  type ICalendarProblem,
  type ReadObject,
  readCalendarFile,
} from '../../calendar/icalendar/read/calendar-file.js';
import { contentOf } from '../../calendar/icalendar/write/same-event.js';
import { DomainError } from '../../errors/domain-error.js';
import { EventImports, type FoundEvent } from '../../events/write/import/event-imports.service.js';
import { LongWork } from '../../platform/work/long-work.js';
import { UsersService } from '../../users/read/users.service.js';
import { refuseTooLarge } from './calendar-import.service.js';
import { CalendarMirror, type MirrorOutcome } from './calendar-mirror.js';
import { type FileObject, fileObject } from './file-object.js';
import { type DecisionContext, decisionsFor, presentEvent } from './import-decisions.js';
import { batchesOf } from './object-batches.js';

/** Events that are compared by their content at a time. */
const EVENTS_AT_ONCE = 200;

type Counts = { -readonly [Name in Exclude<keyof MirrorOutcome, 'name' | 'refreshInterval'>]: number };

/** The state of one run. */
interface Run {
  readonly context: DecisionContext;
  readonly counts: Counts;
  /** The events that the file lacks, as far as it is read. */
  readonly left: Set<number>;
  /** The bytes of the file. */
  readonly bytes: Uint8Array;
}

/** Makes the events of a calendar those of a file. */
@Injectable()
export class FileMirror extends CalendarMirror {
  constructor(
    private readonly imports: EventImports,
    private readonly users: UsersService,
    private readonly longWork: LongWork,
  ) {
    super();
  }

  override async replace(userId: number, calendarId: number, file: Buffer): Promise<MirrorOutcome> {
    const importer = await this.users.get(userId);
    const read = readCalendarFile(file, { timeZone: importer.timeZone });
    refuseTooLarge(read);
    const target = { userId, calendarId, namespace: calendarId };
    const context = { importer, target, onDuplicate: 'replace' as const, joinsOccurrences: false };
    return this.imports.apart(userId, async () => {
      const counts = { created: 0, replaced: 0, unchanged: 0, deleted: 0, refused: 0 };
      const left = new Set(await this.imports.idsIn(target));
      const run = { context, counts, left, bytes: file };
      const unknown = await this.replaceKnown(read, run);
      await this.matchByContent(unknown, run);
      await this.createUnknown(read, unknown, run);
      counts.deleted = left.size;
      await this.imports.delete([...left]);
      const { name, refreshInterval } = read;
      return { ...counts, name, refreshInterval };
    });
  }

  /**
   * Writes the objects whose UIDs the calendar has.
   * @returns the contents of the others, by UID
   */
  private async replaceKnown(file: CalendarFile, run: Run): Promise<Map<string, string>> {
    const unknown = new Map<string, string>();
    for await (const objects of this.chunks(file, run, true)) {
      const found = await this.imports.byUid(run.context.target, uidsOf(objects));
      const known = objects.filter(({ uid }) => found.has(uid));
      for (const object of objects) if (!found.has(object.uid)) unknown.set(object.uid, hashOf(object));
      for (const { event } of found.values()) run.left.delete(event.id);
      await this.write(known, found, run);
    }
    return unknown;
  }

  /** Keeps the events whose file has a new UID at each fetch. They keep the UID of the first. */
  private async matchByContent(unknown: Map<string, string>, { context, counts, left }: Run): Promise<void> {
    if (unknown.size === 0 || left.size === 0) return;
    const byContent = new Map<string, string[]>();
    for (const [uid, content] of unknown) byContent.set(content, [...(byContent.get(content) ?? []), uid]);
    const ids = [...left];
    for (let index = 0; index < ids.length; index += EVENTS_AT_ONCE) {
      const found = await this.imports.withIds(ids.slice(index, index + EVENTS_AT_ONCE));
      for (const [id, event] of found) {
        const present = presentEvent(event, '', event.event.organizerId === context.importer.id);
        const uid = byContent.get(hashed([contentOf(present)]))?.shift();
        if (uid === undefined) continue;
        unknown.delete(uid);
        left.delete(id);
        counts.unchanged += 1;
      }
    }
  }

  private async createUnknown(
    file: CalendarFile,
    unknown: ReadonlyMap<string, string>,
    run: Run,
  ): Promise<void> {
    if (unknown.size === 0) return;
    const created = new Set<string>();
    for await (const objects of this.chunks(file, run, false)) {
      const added = objects.filter(({ uid }) => unknown.has(uid) && !created.has(uid));
      for (const { uid } of added) created.add(uid);
      await this.write(added, new Map(), run);
    }
  }

  private async write(
    objects: readonly FileObject[],
    found: ReadonlyMap<string, FoundEvent>,
    { context, counts }: Run,
  ): Promise<void> {
    const decisions = objects.flatMap((object) => {
      try {
        return decisionsFor(object, found, context);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        counts.refused += 1;
        return [];
      }
    });
    await this.imports.write(
      context.target,
      decisions.map(({ step }) => step),
    );
    for (const { status } of decisions) if (status in counts) counts[status as keyof Counts] += 1;
  }

  /** The objects of the file, some at a time, with pauses. @param counted whether those that the service cannot keep count */
  private async *chunks(
    file: CalendarFile,
    { counts, bytes }: Run,
    counted: boolean,
  ): AsyncGenerator<FileObject[], void, undefined> {
    for await (const objects of batchesOf(file, bytes, this.longWork.begin(true), objectOrProblem)) {
      const accepted = objects.flatMap((object) => ('events' in object ? [object] : []));
      if (counted) counts.refused += objects.length - accepted.length;
      yield accepted;
    }
  }
}

/** The object; why the service cannot keep it. */
function objectOrProblem(read: ReadObject): FileObject | ICalendarProblem {
  return read.problem ?? fileObject(read);
}

function uidsOf(objects: readonly FileObject[]): string[] {
  return objects.flatMap(({ events }) => events.map(({ uid }) => uid));
}

/** The content of an object; of one with later parts, no other object has it. */
function hashOf({ events }: FileObject): string {
  return hashed(events.map(contentOf));
}

function hashed(contents: readonly string[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content).update('\n');
  return hash.digest('base64');
}
