import type { Interval } from '../../../calendar/intervals/interval.js';
import { MAX_TIMES_A_DAY } from '../../../calendar/recurrence/rule/rule-limits.js';
import { DAY, type Instant } from '../../../calendar/time/civil-time.js';
import { civilLength } from '../../../calendar/time/length.js';
import type { PageKey } from '../../../platform/page/page.js';
import { MAX_ID } from '../../../platform/values/max-id.js';
import { type EventTimesRecord, repeats } from '../../../scheduling/occurrences/series-record.js';
import type { EventView } from '../../model/event.policy.js';
import type { RecordedOccurrence } from '../../model/event-record.js';
import type { ListedTimeForm } from '../../model/schedule/event-times.js';
import type { OccurrencesShown } from './occurrences-shown.js';
import type { PreparedEvent } from './prepared-event.js';

/** An occurrence and its place in a list. */
export interface KeyedOccurrence {
  readonly key: PageKey;
  readonly occurrence: RecordedOccurrence;
}

/** Stands for the id in the key of a redacted event. */
const AFTER_ALL_IDS = MAX_ID + 1;

/** A margin for zones. An occurrence that overlaps a window starts at most its length and these days before the window. */
const MARGIN_DAYS = 3;

/** An event that a list may show. The series is expanded only as far as the caller reads. */
export class ListCandidate {
  private knownFirstOmitted: RecordedOccurrence | null | undefined;
  private reading: Iterator<RecordedOccurrence> | undefined;
  private readonly found: RecordedOccurrence[] = [];

  /**
   * @param form the form of the times of the occurrences: of floating days in the zone of the user of the list
   * @param redactedPlace the place among redacted events that start together; null: the view has the details
   */
  constructor(
    readonly view: EventView,
    readonly form: ListedTimeForm,
    private readonly shown: OccurrencesShown,
    private readonly redactedPlace: number | null,
    private readonly window: Interval,
    readonly kept: PreparedEvent | null = null,
  ) {}

  /** The first occurrence in the window; null: the list does not show the event. */
  first(): KeyedOccurrence | null {
    const [first] = this.readTo(1);
    return first ? { key: this.keyOf(first, 0), occurrence: first } : null;
  }

  /** The occurrences in the window that one response may have. */
  all(): readonly RecordedOccurrence[] {
    return this.readTo(this.shown.max);
  }

  /** Reads occurrences until there are so many. `first` and `all` share one reading. */
  private readTo(count: number): readonly RecordedOccurrence[] {
    this.reading ??= this.shown.read(-Infinity)[Symbol.iterator]();
    while (this.found.length < count) {
      const next = this.reading.next();
      if (next.done === true) break;
      this.found.push(next.value);
    }
    return this.found;
  }

  /** Whether the window has more occurrences than the responses show. */
  get truncated(): boolean {
    return this.shown.partial || this.firstOmitted !== null;
  }

  /** The occurrences that start at an instant or later, each with its key. */
  *occurrencesFrom(startsFrom: Instant): Generator<KeyedOccurrence, void, undefined> {
    let count = 0;
    let sameStart = 0;
    let previous = -Infinity;
    const omitted = startsFrom === -Infinity ? null : this.firstOmitted;
    for (const occurrence of this.shown.read(startsFrom)) {
      if (count === this.shown.max || (omitted !== null && !isBefore(occurrence, omitted))) return;
      count += 1;
      sameStart = occurrence.start === previous ? sameStart + 1 : 0;
      previous = occurrence.start;
      yield { key: this.keyOf(occurrence, sameStart), occurrence };
    }
  }

  /** The first occurrence beyond `max`; null: there is none. */
  private get firstOmitted(): RecordedOccurrence | null {
    if (this.knownFirstOmitted === undefined) {
      const { max, after } = this.shown;
      this.knownFirstOmitted = this.mostInWindow() <= max ? null : after(max);
    }
    return this.knownFirstOmitted;
  }

  /** An upper bound of the occurrences in the window. Most windows are too short for `max`, and need no counting. */
  private mostInWindow(): number {
    const { event }: { event: EventTimesRecord } = this.view;
    if (!repeats(event)) return 1;
    const days =
      Math.ceil((this.window.end - this.window.start + civilLength(event.length)) / DAY) + MARGIN_DAYS;
    return days * MAX_TIMES_A_DAY + event.rdates.length + event.overrides.length + 1;
  }

  /** A key by start. A redacted event comes after the others that start together, and its key reveals only times. */
  private keyOf({ start, originalStart }: RecordedOccurrence, sameStart: number): PageKey {
    const { redactedPlace } = this;
    return redactedPlace === null
      ? [start, this.view.event.id, originalStart]
      : [start, AFTER_ALL_IDS, redactedPlace * (this.shown.max + 1) + sameStart];
  }
}

function isBefore(a: RecordedOccurrence, b: RecordedOccurrence): boolean {
  return a.start < b.start || (a.start === b.start && a.originalStart < b.originalStart);
}
