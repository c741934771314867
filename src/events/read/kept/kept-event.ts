import type { Sized } from '../../../platform/memory/recently-used.js';
import type { PartialEventRecord } from '../../model/event-record.js';

/** Estimates of the bytes that records take in the heap. */
const BYTES = { event: 2_500, attendee: 700, override: 400, answer: 250, character: 2 } as const;

/** Texts of an event for different callers. More than a few are of many callers who attend the event. */
const MAX_TEXTS = 16;

/** An event that the process keeps, as it was at one version. */
export class KeptEvent implements Sized {
  /** The users whose settings are a part of the record. */
  readonly userIds: readonly number[];
  private readonly texts = new Map<string, Buffer>();
  private readonly recordBytes: number;
  private textBytes = 0;

  /**
   * @param record null: the event has too many rows to be kept
   * @param moment of the settings of the users, when the read of the record began
   */
  constructor(
    readonly version: number,
    readonly record: PartialEventRecord | null,
    readonly moment: number,
  ) {
    this.userIds = record?.attendees.map(({ userId }) => userId) ?? [];
    this.recordBytes = record ? bytesOf(record) : 100;
  }

  get bytes(): number {
    return this.recordBytes + this.textBytes;
  }

  /** The JSON of the event under a name, which tells apart what different callers see. */
  text(name: string): Buffer | undefined {
    return this.texts.get(name);
  }

  keepText(name: string, text: Buffer): void {
    if (this.texts.size === MAX_TEXTS) {
      this.texts.clear();
      this.textBytes = 0;
    }
    this.texts.set(name, text);
    this.textBytes += text.length + 100;
  }
}

/** A kept event that is not too large. */
export type CompleteKeptEvent = KeptEvent & { readonly record: PartialEventRecord };

function bytesOf(record: PartialEventRecord): number {
  const { attendees, guests, overrides, answers, title, description, location, metadata } = record;
  const characters =
    title.length +
    (description?.length ?? 0) +
    (location?.length ?? 0) +
    JSON.stringify(metadata).length +
    record.rdates.length * 20 +
    record.exdates.length * 20;
  return (
    BYTES.event +
    BYTES.attendee * (attendees.length + guests.length) +
    BYTES.override * overrides.length +
    BYTES.answer * answers.length +
    BYTES.character * characters
  );
}
