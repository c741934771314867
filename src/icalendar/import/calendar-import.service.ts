import { Injectable, Logger } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, mayActFor } from '../../access/decision.js';
import {
  type CalendarFile,
  type ReadObject,
  readCalendarFile,
} from '../../calendar/icalendar/read/calendar-file.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { isRefusedContent } from '../../database/connection/refused-statement.js';
import { DomainError } from '../../errors/domain-error.js';
import { ServiceUnavailable } from '../../errors/service-unavailable.js';
import { EventImports } from '../../events/write/import/event-imports.service.js';
import { LongWork } from '../../platform/work/long-work.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { UsersService } from '../../users/read/users.service.js';
import type { FileObject } from './file-object.js';
import type { ImportCommand, ImportResult } from './import-command.js';
import { type DecisionContext, type ImportDecision, lostPartsOf } from './import-decisions.js';
import { problemOf } from './import-problem.js';
import { importResult, refused, repeated } from './import-results.js';
import { batchesOf, withReadAhead } from './object-batches.js';
import { decisionsOf, type PreparedObject, preparedObject } from './prepared-object.js';

/**
 * The objects of one file: the calendar of a person of ten years. The import of so many takes less than its deadline.
 * @public `docs/limits.md` lists it.
 */
export const MAX_FILE_OBJECTS = 20_000;

/** How one batch is imported. */
interface BatchContext extends DecisionContext {
  /** Lets the reading of the next batch begin. */
  readonly readNext: () => void;
}

/** Imports files of iCalendar (RFC 5545). */
@Injectable()
export class CalendarImport {
  private readonly logger = new Logger(CalendarImport.name);

  constructor(
    private readonly imports: EventImports,
    private readonly users: UsersService,
    private readonly calendars: UserCalendarsService,
    private readonly currentActor: CurrentActor,
    private readonly longWork: LongWork,
  ) {}

  /**
   * Imports the objects of a file. Each is stored whole or not at all, and its problem concerns no other object. The current
   * actor may act for the user.
   * @returns a result for each object, in their order in the file
   * @throws {DomainError} invalid `invalid_icalendar`; limit-exceeded `too_many_objects`; not-found `user_not_found`, `calendar_not_found`; forbidden
   * @throws {UnauthenticatedError}
   */
  async import(command: ImportCommand): Promise<ImportResult[]> {
    const importer = await this.importerOf(command);
    const { calendarId, charset, onDuplicate } = command;
    const file = readCalendarFile(command.file, {
      timeZone: importer.timeZone,
      ...(charset !== undefined && { charset }),
    });
    refuseTooLarge(file);
    const context = {
      importer,
      target: { userId: importer.id, calendarId, namespace: 0 },
      onDuplicate,
      joinsOccurrences: true,
      validateOnly: command.validateOnly,
    };
    const results: ImportResult[] = [];
    let areNew = true;
    const prepare = (read: ReadObject) => preparedObject(read, context, areNew);
    const batches = batchesOf(file, command.file, this.longWork.begin(), prepare);
    await withReadAhead(batches, async (objects, readNext) => {
      // The longest statements of a batch that is there already are those that look for its events.
      if (!areNew || command.validateOnly) readNext();
      const ofBatch = await this.importObjects(objects, command, { ...context, readNext });
      areNew = ofBatch.some(({ status }) => status === 'created');
      results.push(...ofBatch);
    });
    const [first, ...others] = results;
    if (first === undefined) return [];
    return [{ ...first, warnings: [...file.warnings, ...first.warnings] }, ...others];
  }

  /**
   * The user who imports. The current actor may act for the user, and may change the calendar.
   * @throws {DomainError} not-found `user_not_found`, `calendar_not_found`; forbidden @throws {UnauthenticatedError}
   */
  async importerOf(command: Pick<ImportCommand, 'userId' | 'calendarId'>): Promise<UserRecord> {
    const importer = await this.users.getVisible(command.userId);
    await this.users.getPersons([importer.id], 'user');
    const decision = mayActFor(this.currentActor.get(), importer);
    enforce(decision, 'Only the user, or an API key, may import into the calendars of a user.');
    if (command.calendarId !== null)
      await this.imports.apart(importer.id, async () => this.keepCalendar(command));
    return importer;
  }

  private async importObjects(
    objects: readonly (PreparedObject | ImportResult)[],
    command: ImportCommand,
    context: BatchContext,
  ): Promise<ImportResult[]> {
    const accepted = objects.flatMap((object) => ('events' in object ? [object] : []));
    const outcomes = accepted.length === 0 ? [] : await this.importAll(accepted, command, context);
    const next = outcomes.values();
    return objects.map((object) => ('events' in object ? (next.next().value as ImportResult) : object));
  }

  /** Imports the objects together. If one of them makes that fail, imports the halves apart, so that no other is lost with it. */
  private async importAll(
    objects: readonly PreparedObject[],
    command: ImportCommand,
    context: BatchContext,
  ): Promise<ImportResult[]> {
    try {
      return await this.imports.apart(context.importer.id, async () => {
        await this.keepCalendar(command);
        return this.write(objects, command, context);
      });
    } catch (error) {
      if (!isOfObject(error)) throw error;
      if (objects.length === 1) return [this.failed(objects[0], error)];
    }
    const half = Math.ceil(objects.length / 2);
    const results = await this.importAll(objects.slice(0, half), command, context);
    return [...results, ...(await this.importAll(objects.slice(half), command, context))];
  }

  /** The result of an object that could not be stored. The text of PostgreSQL is for the operator. */
  private failed(object: FileObject, error: unknown): ImportResult {
    if (error instanceof DomainError) return refused(object, problemOf(error, object));
    this.logger.error(error);
    const detail = 'The service could not store the object.';
    return refused(object, { code: 'not_stored', detail, line: object.line });
  }

  private async write(
    objects: readonly PreparedObject[],
    { validateOnly }: ImportCommand,
    context: BatchContext,
  ): Promise<ImportResult[]> {
    const uids = objects.flatMap(({ events }) => events.map(({ uid }) => uid));
    const found = await this.imports.byUid(context.target, uids);
    const first = new Map<string, FileObject>();
    const decided = objects.map((object) => {
      const earlier = first.get(object.uid);
      if (earlier) return { object, earlier };
      first.set(object.uid, object);
      try {
        return { object, decisions: decisionsOf(object, found, context) };
      } catch (error) {
        if (error instanceof DomainError) return { object, problem: problemOf(error, object) };
        throw error;
      }
    });
    const decisions = decided.flatMap((one) => one.decisions ?? []);
    context.readNext();
    const ids = validateOnly
      ? decisions.map(({ step }) => (step.kind === 'create' ? null : step.found.event.id))
      : await this.imports.write(
          context.target,
          decisions.map(({ step }) => step),
        );
    const replaced = decided.filter(({ decisions: own }) => own?.some(isReplaced));
    const lost = validateOnly ? [] : replaced.flatMap(({ object }) => lostPartsOf(object, found));
    await this.deleteParts(lost, context);
    const results = new Map<FileObject, ImportResult>();
    let next = 0;
    for (const { object, decisions: own, problem } of decided) {
      if (problem) results.set(object, refused(object, problem));
      if (!own) continue;
      results.set(object, importResult(object, own, ids[next]));
      next += own.length;
    }
    return decided.map(({ object, earlier }) =>
      // The same object twice in a file, without a UID.
      earlier ? repeated(results.get(earlier) as ImportResult) : (results.get(object) as ImportResult),
    );
  }

  /** Deletes events that were later parts of a series and no longer are. */
  private async deleteParts(uids: readonly string[], { target, importer }: DecisionContext): Promise<void> {
    if (uids.length === 0) return;
    const found = [...(await this.imports.byUid(target, uids)).values()];
    await this.imports.delete(
      found.flatMap(({ event }) => (event.organizerId === importer.id ? [event.id] : [])),
    );
  }

  /** @throws {DomainError} not-found `calendar_not_found`: the user has no such calendar; forbidden */
  private async keepCalendar({
    calendarId,
    userId,
  }: Pick<ImportCommand, 'userId' | 'calendarId'>): Promise<void> {
    if (calendarId === null) return;
    const named = { calendarId, userId, isPrivate: true };
    (await this.calendars.keep([named]))(named);
  }
}

/** @throws {DomainError} limit-exceeded `too_many_objects` */
export function refuseTooLarge({ size }: Pick<CalendarFile, 'size'>): void {
  if (size <= MAX_FILE_OBJECTS) return;
  const detail = `The file has ${size} objects, more than ${MAX_FILE_OBJECTS}: send several files.`;
  throw new DomainError('limit-exceeded', 'too_many_objects', detail);
}

/** Whether an object is to blame for the failure, so that the others may be imported without it. */
function isOfObject(error: unknown): boolean {
  return error instanceof DomainError ? !(error instanceof ServiceUnavailable) : isRefusedContent(error);
}

function isReplaced({ status }: ImportDecision): boolean {
  return status === 'replaced';
}
