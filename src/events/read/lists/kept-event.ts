import type { TenantChanges } from '../../../calendars/read/known/tenant-changes.js';
import type { Sized } from '../../../platform/memory/recently-used.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import type { PreparedEvent, PreparedFrom } from './prepared-event.js';

/** Estimates of the bytes that parts take in the heap. */
const BYTES = { event: 1_600, attendee: 550, override: 400, answer: 250, text: 150, prepared: 500 } as const;

/** What the process keeps of an event for different callers and lists. With more, all of it goes. */
const MAX_PREPARED = 32;

/** An event that the process keeps, as it was at one version. */
export class KeptEvent implements Sized, PreparedFrom {
  /** The users whose settings are a part of the record. */
  readonly userIds: readonly number[];
  /** Is called after `bytes` has risen. */
  onGrowth: (() => void) | null = null;
  private readonly recordBytes: number;
  private moreBytes = 0;
  private readonly prepared = new Map<string, PreparedEvent>();
  private readonly texts = new Map<string, Buffer>();

  /**
   * @param record null: the event has too many rows to be kept
   * @param moment the record has all that was known then
   */
  constructor(
    readonly version: number,
    readonly record: PartialEventRecord | null,
    public moment: number,
  ) {
    this.userIds = record?.attendees.map(({ userId }) => userId) ?? [];
    this.recordBytes = record ? bytesOf(record) : BYTES.text;
  }

  get bytes(): number {
    return this.recordBytes + this.moreBytes;
  }

  /** Whether the record has all known changes. */
  isCurrent(id: number, changes: TenantChanges): boolean {
    if (!changes.hasEvent(this.moment, id) || !changes.hasSettings(this.moment, this.userIds)) return false;
    this.moment = Math.max(this.moment, changes.moment);
    return true;
  }

  /** The event as it was prepared for callers and lists of this name; undefined: it was not. */
  preparedFor(name: string): PreparedEvent | undefined {
    return this.prepared.get(name);
  }

  prepare(name: string, prepared: PreparedEvent): void {
    if (!this.prepared.has(name)) this.grow(BYTES.prepared);
    this.prepared.set(name, prepared);
  }

  text(name: string, write: () => Buffer): Buffer {
    const known = this.texts.get(name);
    if (known) return known;
    const text = write();
    this.grow(BYTES.text + text.length);
    this.texts.set(name, text);
    return text;
  }

  private grow(bytes: number): void {
    if (this.prepared.size + this.texts.size >= MAX_PREPARED) {
      this.prepared.clear();
      this.texts.clear();
      this.moreBytes = 0;
    }
    this.moreBytes += bytes;
    this.onGrowth?.();
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
    20 * (record.rdates.length + record.exdates.length);
  return (
    BYTES.event +
    BYTES.attendee * (attendees.length + guests.length) +
    BYTES.override * overrides.length +
    BYTES.answer * answers.length +
    2 * characters
  );
}
