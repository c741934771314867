import type { ParticipationInSeries } from '../../model/attendance/participation.js';
import type { EventView } from '../../model/event.policy.js';
import type { PartialEventRecord } from '../../model/event-record.js';

/** The event that was prepared, as the process keeps it. */
export interface PreparedFrom {
  readonly record: PartialEventRecord | null;
  /** Its attendees with an account. */
  readonly userIds: readonly number[];
  /** The JSON of the event for callers who see the same of it. @param name tells apart what they see */
  text(name: string, write: () => Buffer): Buffer;
}

/**
 * A kept event as one caller sees it in the lists of one user. The view depends on the record, on settings of the attendees,
 * and on grants on their calendars. A change of any of them ends the kept event, and this with it.
 */
export class PreparedEvent {
  private readonly texts = new Map<number | null, Buffer>();

  /**
   * @param view null: the caller does not see the event
   * @param own the event in the zone of the user of the list
   * @param participation of the user of the list
   */
  constructor(
    readonly kept: PreparedFrom,
    readonly view: EventView | null,
    readonly own: PartialEventRecord,
    readonly participation: ParticipationInSeries,
  ) {}

  /** The JSON of the event with a number of attendees; undefined: no list has needed it. */
  text(maxAttendees: number | null): Buffer | undefined {
    return this.texts.get(maxAttendees);
  }

  keepText(maxAttendees: number | null, text: Buffer): void {
    this.texts.set(maxAttendees, text);
  }
}
