import type { ReadObject } from '../../calendar/icalendar/read/calendar-file.js';
import { DomainError } from '../../errors/domain-error.js';
import type { FoundEvent } from '../../events/write/import/event-imports.service.js';
import { type FileObject, fileObject } from './file-object.js';
import type { ImportResult } from './import-command.js';
import { type DecisionContext, decisionsFor, type ImportDecision } from './import-decisions.js';
import { refused } from './import-results.js';

/** An object of a file, with what can be decided before the transaction that writes it. */
export interface PreparedObject extends FileObject {
  /** The decisions if the user has none of the events; null: not decided yet. */
  readonly decisionsAsNew: readonly ImportDecision[] | null;
}

const NONE: ReadonlyMap<string, FoundEvent> = new Map();

/**
 * Prepares an object while PostgreSQL writes other objects.
 * @param isNew whether the user probably has none of its events. The decisions for others would be of no use.
 */
export function preparedObject(
  read: ReadObject,
  context: DecisionContext,
  isNew: boolean,
): PreparedObject | ImportResult {
  if (read.problem) return refused(read, read.problem);
  const object = fileObject(read);
  if (!('events' in object)) return refused(read, object);
  return { ...object, decisionsAsNew: isNew ? decisionsAsNew(object, context) : null };
}

/** Decides for each event of an object. @param found the events that the user has @throws as `decisionsFor` */
export function decisionsOf(
  object: PreparedObject,
  found: ReadonlyMap<string, FoundEvent>,
  context: DecisionContext,
): readonly ImportDecision[] {
  const { decisionsAsNew: prepared, events } = object;
  if (prepared && events.every(({ uid }) => !found.has(uid))) return prepared;
  return decisionsFor(object, found, context);
}

function decisionsAsNew(object: FileObject, context: DecisionContext): ImportDecision[] | null {
  try {
    return decisionsFor(object, NONE, context);
  } catch (error) {
    // The transaction decides again, and reports the error as the problem of the object.
    if (error instanceof DomainError) return null;
    throw error;
  }
}
