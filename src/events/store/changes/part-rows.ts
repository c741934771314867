import type { InJson } from '../columns.js';
import type { EventRows } from '../event-rows.js';
import {
  ANSWER,
  ATTENDEE,
  GUEST,
  GUEST_ANSWER,
  type GuestRow,
  type OccurrenceAnswerRow,
  OVERRIDE,
} from '../event-tables.js';
import type { PreviousRow } from './past-rows.js';

/** How the rows of one table are named and ordered within their event. */
interface PartTable<T> {
  /** The columns of a row in JSON of the database, by their names as properties. */
  readonly columns: { fromTable(json: Readonly<Record<string, unknown>>): object };
  /** As in the log. */
  readonly keyOf: (row: T) => string;
  /** As in a record. */
  readonly order: (a: T, b: T) => number;
}

/** The rows of an event in one table, which a change sets back one by one. */
class PartRows<T extends object> {
  private readonly rows: Map<string, T>;

  constructor(
    private readonly eventId: number,
    private readonly table: PartTable<T>,
    rows: readonly T[],
  ) {
    this.rows = new Map(rows.map((row) => [table.keyOf(row), row]));
  }

  undo({ key, previous }: PreviousRow): void {
    if (previous === null) {
      this.rows.delete(key);
      return;
    }
    const columns = this.table.columns.fromTable(previous);
    this.rows.set(key, { ...this.rows.get(key), ...columns, eventId: this.eventId } as T);
  }

  inOrder(): T[] {
    return [...this.rows.values()].toSorted(this.table.order);
  }
}

type OfOccurrence = Pick<OccurrenceAnswerRow, 'originalStart'>;
type Invited = Pick<InJson<GuestRow>, 'inviteId'> | { readonly inviteId: number | null };

const byOccurrence = (a: OfOccurrence, b: OfOccurrence): number =>
  a.originalStart < b.originalStart ? -1 : Number(a.originalStart > b.originalStart);

/** The organizer, who has no invite, is first. */
const byInvite = (a: Invited, b: Invited): number => (a.inviteId ?? 0) - (b.inviteId ?? 0);

/** The parts of an event in which it may have several rows, by their names in the log. */
export function partRowsOf(eventId: number, rows: Omit<EventRows, 'events' | 'users'>) {
  return {
    attendee: new PartRows(
      eventId,
      { columns: ATTENDEE, keyOf: ({ userId }) => `${userId}`, order: byInvite },
      rows.attendees,
    ),
    override: new PartRows(
      eventId,
      { columns: OVERRIDE, keyOf: ({ originalStart }) => originalStart, order: byOccurrence },
      rows.overrides,
    ),
    answer: new PartRows(
      eventId,
      {
        columns: ANSWER,
        keyOf: ({ userId, originalStart }) => `${userId} ${originalStart}`,
        order: (a, b) => byOccurrence(a, b) || a.userId - b.userId,
      },
      rows.answers,
    ),
    guest: new PartRows(
      eventId,
      { columns: GUEST, keyOf: ({ inviteId }) => `${inviteId}`, order: byInvite },
      rows.guests,
    ),
    guest_answer: new PartRows(
      eventId,
      {
        columns: GUEST_ANSWER,
        keyOf: ({ inviteId, originalStart }) => `${inviteId} ${originalStart}`,
        order: (a, b) => byOccurrence(a, b) || byInvite(a, b),
      },
      rows.guestAnswers,
    ),
  } as const;
}
