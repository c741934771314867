/** A change of the tenant that a client has seen. If the log does not have it any more, the database was put back. */
export interface Witness {
  readonly sequence: number;
  /** Milliseconds. */
  readonly at: number;
}

/** A place in the log of changes: all that a snapshot shows has been read. */
export interface SyncPosition {
  readonly epoch: string;
  /** In the form of PostgreSQL. */
  readonly snapshot: string;
  /** Milliseconds. */
  readonly issuedAt: number;
  readonly witness: Witness | null;
  /** The newest mark of the life of the database; null: none. */
  readonly mark: Witness | null;
}

/** A page of an incremental list. */
export interface SyncPage {
  /** The place that the first page has read up to. The token of the list continues from it. */
  readonly first: SyncPosition;
  /** The snapshot since which the list has the changes; null: the list has everything. */
  readonly since: string | null;
  /** The id of the last event of the page before. */
  readonly after: number;
}

/** What a token is bound to. */
export interface SyncBinding {
  readonly list: string;
  readonly parameters: Readonly<Record<string, string | number | null>>;
  readonly viewer: string;
}

/** What the database says of a position. */
export interface PositionCheck {
  /** Null: a new life of the database has begun, and its epoch has not. */
  readonly epoch: string | null;
  /** Of the statement. */
  readonly snapshot: string;
  /** The newest change of the tenant; null: none. */
  readonly newest: Witness | null;
  /** Whether the log has lost changes since the position. */
  readonly purged: boolean;
  /** The newest mark of the life of the database; null: none. */
  readonly mark: Witness | null;
  /** Whether the position is newer than the database. */
  readonly ahead: boolean;
  /** Whether the database does not have the witness or the mark. */
  readonly unwitnessed: boolean;
}
