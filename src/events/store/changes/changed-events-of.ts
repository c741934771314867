import { byEvent } from '../../../scheduling/calendars/by-event.js';
import type { ChangedEvent, EventChangeRecord } from '../../model/changes/event-change-record.js';
import type { EventRecord } from '../../model/event-record.js';
import type { InJson } from '../columns.js';
import { PastEvent, type Users } from './past-event.js';
import type { PastRows, PreviousRow } from './past-rows.js';

type ChangeRow = InJson<EventChangeRecord>;

/**
 * The events before and after changes, by the numbers of the changes. A change that the log does not have is left out.
 * @param sequences the numbers of the changes
 */
export function changedEventsOf(rows: PastRows, sequences: ReadonlySet<number>): Map<number, ChangedEvent> {
  const changed = new Map<number, ChangedEvent>();
  const previous = bySequence(rows.previous);
  const ofEvent = pastEventsOf(rows);
  for (const [id, changes] of byEvent(rows.changes)) {
    const event = ofEvent(id);
    let after: EventRecord | null | undefined;
    let last: EventRecord | null = null;
    for (const [index, change] of changes.entries()) {
      if (index === 0) {
        after = event.record(change);
        last = after;
      }
      const isWanted = sequences.has(change.sequence);
      if (isWanted) after ??= event.record(change);
      event.undo(previous.get(change.sequence) ?? []);
      const isDeletion = index === 0 && change.kind === 'deleted';
      const before = isWanted || isDeletion ? stateBefore(change, changes.at(index + 1), event) : undefined;
      if (isDeletion) last = before ?? null;
      if (isWanted && after !== undefined && before !== undefined)
        changed.set(change.sequence, { change: recordOf(change), before, after, last });
      // The state before a change is the one after the change before it.
      after = before ?? undefined;
    }
  }
  return changed;
}

/** The event before a change whose rows are undone. @param older the change before it, if the log has it */
function stateBefore(change: ChangeRow, older: ChangeRow | undefined, event: PastEvent): EventRecord | null {
  if (change.kind === 'created') return null;
  if (older) return event.record(older);
  // The log keeps the whole row of a deleted event.
  if (change.kind === 'deleted') return event.record(null);
  const { createdAt } = event;
  return event.record(createdAt === null ? null : { version: change.version - 1, updatedAt: createdAt });
}

function pastEventsOf(rows: PastRows): (id: number) => PastEvent {
  const users: Users = new Map([...rows.formerUsers, ...rows.users].map((user) => [user.id, user]));
  const present = new Map(rows.events.map((event) => [event.id, event]));
  const [attendees, overrides, answers, guests, guestAnswers] = [
    byEvent(rows.attendees),
    byEvent(rows.overrides),
    byEvent(rows.answers),
    byEvent(rows.guests),
    byEvent(rows.guestAnswers),
  ];
  return (id) => {
    const parts = {
      attendees: attendees.get(id) ?? [],
      overrides: overrides.get(id) ?? [],
      answers: answers.get(id) ?? [],
      guests: guests.get(id) ?? [],
      guestAnswers: guestAnswers.get(id) ?? [],
    };
    return new PastEvent(id, present.get(id) ?? null, parts, users);
  };
}

function bySequence(rows: readonly PreviousRow[]): ReadonlyMap<number, PreviousRow[]> {
  const found = new Map<number, PreviousRow[]>();
  for (const row of rows) {
    const known = found.get(row.sequence);
    if (known) known.push(row);
    else found.set(row.sequence, [row]);
  }
  return found;
}

function recordOf({ updatedAt, at, ...change }: ChangeRow): EventChangeRecord {
  return { ...change, updatedAt: new Date(updatedAt), at: new Date(at) };
}
