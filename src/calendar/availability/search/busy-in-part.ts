import type { Interval } from '../../intervals/interval.js';

/** The busy time of people in a part of a search, by the person's id. A person who is absent has no busy time. */
export interface BusyInPart {
  /** The busy time in the part and in the buffers before and after it. It may reach further. */
  readonly busy: ReadonlyMap<number, readonly Interval[]>;
  /** The same of calendars that the reader of the answer may not see. */
  readonly hidden?: ReadonlyMap<number, readonly Interval[]>;
  /** `busy` without time that is not firm; absent: a search does not tell them apart. */
  readonly firm?: ReadonlyMap<number, readonly Interval[]>;
  /** The time that is held for events that may come; absent: none. */
  readonly held?: ReadonlyMap<number, readonly Interval[]>;
}
