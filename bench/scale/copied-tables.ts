/** How the copies of the rows of a table differ. */
export interface CopiedTable {
  readonly name: string;
  /** The columns of ids. Each copy has ids of its own. */
  readonly ids: readonly string[];
  /** Columns of text that differ in each copy, since they are unique. */
  readonly texts?: readonly string[];
  /** The columns by which the rows are copied, so that the rows of one user lie far from each other, as in a real database. */
  readonly order: string;
}

/** The tables that a calendar consists of, in the order of their foreign keys. */
export const COPIED_TABLES: readonly CopiedTable[] = [
  { name: 'users', ids: ['id'], texts: ['email', 'normalised_email'], order: 'id' },
  { name: 'calendars', ids: ['id', 'user_id'], order: 'id' },
  { name: 'events', ids: ['id', 'organizer_id'], order: 'id' },
  {
    name: 'attendees',
    ids: ['event_id', 'user_id', 'calendar_id', 'invite_id'],
    order: 'event_id, user_id',
  },
  { name: 'event_texts', ids: ['event_id'], order: 'event_id, original_start' },
  { name: 'calendar_versions', ids: ['user_id'], order: 'user_id' },
  { name: 'event_changes', ids: ['sequence', 'event_id'], order: 'sequence' },
];

/** The id of a row in a copy. The copies of a row have successive ids. @param copy from 0 */
export function idInCopy(id: number, copy: number, copies: number): number {
  return (id - 1) * copies + copy + 1;
}
