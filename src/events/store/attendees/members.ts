/** The tables of one kind of attendee: users, or guests, who have no account. */
export interface MemberTables {
  readonly members: 'attendees' | 'guests';
  readonly answers: 'occurrence_answers' | 'guest_answers';
  /** The column that names an attendee within an event, in both tables. */
  readonly key: 'user_id' | 'invite_id';
  /** The column of `members` that is the same in a copy of the event, and its type. */
  readonly person: 'user_id' | 'address';
  readonly type: 'integer' | 'text';
}

const USERS: MemberTables = {
  members: 'attendees',
  answers: 'occurrence_answers',
  key: 'user_id',
  person: 'user_id',
  type: 'integer',
};
const GUESTS: MemberTables = {
  members: 'guests',
  answers: 'guest_answers',
  key: 'invite_id',
  person: 'address',
  type: 'text',
};

export const MEMBER_TABLES = { user: USERS, guest: GUESTS };

/** SQL: whether the attendee `m` attends only the occurrences that have an answer. */
export const ATTENDS_OCCURRENCES_ONLY = `(m.status = 'declined' AND m.occurrences_status IS NOT NULL)`;

/** SQL: the status that a viewer sees of the attendee of a table. */
export function shownStatusInSql(table: string): string {
  return `CASE WHEN ${table}.status = 'declined' THEN coalesce(${table}.occurrences_status, ${table}.status) ELSE ${table}.status END`;
}
