import type { NamedRule } from '../../events/model/schedule/schedule-command.js';
import type { MeetingSearch } from '../model/meeting-search.js';

/** Asks for the best times of a whole series. The window contains the start of the first occurrence. */
export interface SeriesSlotsQuery extends MeetingSearch {
  /** The persons who must be free, each once, at least one. */
  readonly userIds: readonly number[];
  /** The rooms that must be free, each once. */
  readonly roomIds: readonly number[];
  /** The zone of the series; null: that of the first person. */
  readonly timeZone: string | null;
  readonly repeat: NamedRule;
  /** The least number of occurrences in which the meeting is possible. */
  readonly minOccurrences: number;
  /** The number of persons who must be able to attend; null: all. */
  readonly minAttending: number | null;
}
