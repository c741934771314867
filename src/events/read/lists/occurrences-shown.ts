import { type Interval, overlaps } from '../../../calendar/intervals/interval.js';
import { MAX_OCCURRENCES } from '../../../calendar/recurrence/series/recurrence-set.js';
import type { Instant } from '../../../calendar/time/civil-time.js';
import type { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { type ParticipationInSeries, participationOf } from '../../model/attendance/participation.js';
import type { PartialEventRecord, RecordedOccurrence } from '../../model/event-record.js';

/** The most occurrences of a declined series that a list shows: a daily event in the six weeks of a month's view. */
export const MAX_DECLINED_OCCURRENCES = 42;

/** The occurrences of an event that a list of a user may show. */
export interface OccurrencesShown {
  /** Reads them from an instant on, by start. */
  readonly read: (startsFrom: Instant) => Iterable<RecordedOccurrence>;
  /** Finds the occurrence that `read` gives after `count` others; null: there are no more. */
  readonly after: (count: number) => RecordedOccurrence | null;
  /** The most occurrences that one response has of the event. */
  readonly max: number;
  /** Whether `read` leaves out occurrences that the reader of the list may see. */
  readonly partial: boolean;
}

/** Selects the occurrences in a window that the list of one user shows. */
export class ShownInWindow {
  constructor(
    private readonly userId: number,
    private readonly window: Interval,
    private readonly occurrences: OccurrencesService,
  ) {}

  /**
   * For a reader who sees the details. Of a series that the user declined, the list shows the occurrences that the user
   * accepted on their own, or else the first ones, so that a dense series that was declined takes no room.
   * @param cancelled whether cancelled occurrences are shown, too @param participation of the user in the event
   */
  inFull(
    event: PartialEventRecord,
    cancelled: boolean,
    participation: ParticipationInSeries = participationOf(event, this.userId),
  ): OccurrencesShown {
    if (participation.onlyOccurrences) return shownOf(this.answered(event, cancelled));
    const declined = participation.ofSeries === 'declined';
    if (declined && participation.acceptsSomeOccurrence) {
      const accepted = this.accepted(event, participation);
      if (accepted.length > 0) return { ...shownOf(accepted), partial: true };
    }
    const max = declined ? MAX_DECLINED_OCCURRENCES : MAX_OCCURRENCES;
    if (!participation.removedFromSome) return this.all(event, max, cancelled);
    return { ...this.those(event, cancelled, (occurrence) => participation.attends(occurrence)), max };
  }

  /**
   * For a reader who sees the times alone: the occurrences that take place and that the user has not declined. Null: the
   * list does not show the event.
   */
  redacted(
    event: PartialEventRecord,
    participation: ParticipationInSeries = participationOf(event, this.userId),
  ): OccurrencesShown | null {
    if (event.status === 'cancelled') return null;
    if (participation.ofSeries === 'declined')
      return participation.acceptsSomeOccurrence ? shownOf(this.accepted(event, participation)) : null;
    return participation.declinesSomeOccurrence
      ? this.those(event, false, (occurrence) => participation.at(occurrence) !== 'declined')
      : this.all(event, MAX_OCCURRENCES, false);
  }

  private all(event: PartialEventRecord, max: number, cancelled: boolean): OccurrencesShown {
    return {
      read: (startsFrom) => this.occurrences.eachInWindow(event, this.window, { startsFrom, cancelled }),
      after: (count) => this.occurrences.after(count, event, this.window, { cancelled }),
      max,
      partial: false,
    };
  }

  private those(
    event: PartialEventRecord,
    cancelled: boolean,
    isShown: (occurrence: RecordedOccurrence) => boolean,
  ): OccurrencesShown {
    const { occurrences, window } = this;
    const read = function* (startsFrom: Instant) {
      for (const occurrence of occurrences.eachInWindow(event, window, { startsFrom, cancelled }))
        if (isShown(occurrence)) yield occurrence;
    };
    return { read, after: (count) => nth(read(-Infinity), count), max: MAX_OCCURRENCES, partial: false };
  }

  /** The occurrences that the user answered on their own and did not decline, by start. */
  private accepted(event: PartialEventRecord, participation: ParticipationInSeries): RecordedOccurrence[] {
    return this.answered(event, false).filter((occurrence) => participation.at(occurrence) !== 'declined');
  }

  /** The occurrences in the window that have an answer of the user, by start. */
  private answered(event: PartialEventRecord, cancelled: boolean): RecordedOccurrence[] {
    return event.answers
      .filter(({ userId }) => userId === this.userId)
      .map(({ originalStart }) => this.occurrences.withKey(event, originalStart))
      .filter((occurrence) => occurrence !== null)
      .filter((occurrence) => cancelled || !occurrence.override?.cancelled)
      .filter((occurrence) => overlaps(occurrence, this.window))
      .toSorted((a, b) => a.start - b.start || a.originalStart - b.originalStart);
  }
}

/** Shows occurrences that were read already. */
function shownOf(occurrences: readonly RecordedOccurrence[]): OccurrencesShown {
  return {
    read: (startsFrom) => occurrences.filter(({ start }) => start >= startsFrom),
    after: (count) => occurrences[count] ?? null,
    max: MAX_OCCURRENCES,
    partial: false,
  };
}

function nth(occurrences: Iterable<RecordedOccurrence>, count: number): RecordedOccurrence | null {
  let left = count;
  for (const occurrence of occurrences) {
    if (left === 0) return occurrence;
    left -= 1;
  }
  return null;
}
