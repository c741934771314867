import type { Effort } from '../../../platform/work/long-work.js';
import { byEvent } from '../../../scheduling/calendars/by-event.js';
import type { ChangedEvent, EventChangeRecord } from '../../model/changes/event-change-record.js';
import type { EventRecord } from '../../model/event-record.js';
import type { InJson } from '../columns.js';
import { PastEvent, type Users } from './past-event.js';
import type { PastRows, PreviousRow } from './past-rows.js';

type ChangeRow = InJson<EventChangeRecord>;

/**
 * The events before and after changes, by the numbers of the changes. A change that the log does not have is left out.
 * @param wanted has the numbers of the changes
 * @param effort one unit is an attendee of a state: an event with a thousand of them may have a thousand changes
 */
export async function changedEventsOf(
  rows: PastRows,
  wanted: Pick<ReadonlySet<number>, 'has'>,
  effort: Effort,
): Promise<Map<number, ChangedEvent>> {
  const changed = new Map<number, ChangedEvent>();
  const previous = byStep(rows.previous);
  const ofEvent = pastEventsOf(rows);
  for (const [id, changes] of byEvent(rows.changes)) {
    const event = ofEvent(id);
    let last = event.record(null);
    let after: EventRecord | null | undefined;
    for (const [index, change] of changes.entries()) {
      const rowsOf = previous.get(change.sequence);
      const isDeletion = change.kind === 'deleted';
      if (!isDeletion && !wanted.has(change.sequence)) {
        // It only tells how the event was before a later one.
        after = undefined;
        continue;
      }
      event.undo(rowsOf?.later ?? []);
      after ??= event.record(change);
      event.undo(rowsOf?.own ?? []);
      const before = stateBefore(change, changes.at(index + 1), event);
      if (isDeletion) last = before;
      if (wanted.has(change.sequence))
        changed.set(change.sequence, { change: recordOf(change), before, after, last });
      // The state before a change is the one after the change before it.
      after = before ?? undefined;
      if (effort.spend((before ?? last)?.attendees.length ?? 0)) await effort.rest();
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

/** The rows of one change that is asked for, and those of the later changes up to the next one. */
interface Step {
  readonly own: PreviousRow[];
  readonly later: PreviousRow[];
}

function byStep(rows: readonly PreviousRow[]): ReadonlyMap<number, Step> {
  const steps = new Map<number, Step>();
  for (const row of rows) {
    const step = steps.get(row.sequence) ?? { own: [], later: [] };
    (row.isOfLaterChanges ? step.later : step.own).push(row);
    steps.set(row.sequence, step);
  }
  return steps;
}

function recordOf({ updatedAt, at, ...change }: ChangeRow): EventChangeRecord {
  return { ...change, updatedAt: new Date(updatedAt), at: new Date(at) };
}
