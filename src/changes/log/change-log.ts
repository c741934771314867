import { Injectable } from '@nestjs/common';
import type { LoggedChange } from '../model/logged-change.js';
import { ChangeLogRepository } from '../store/change-log.repository.js';
import { ChangeEpochs } from './change-epochs.service.js';

/** A part of the log. */
export interface ChangeBatch {
  /** By `sequence`: those of one event in the order of their commits. */
  readonly changes: readonly LoggedChange[];
  /** The cursor of the next part. */
  readonly cursor: string;
  /** Whether the log has more changes by now. */
  readonly more: boolean;
  /** Whether the log cannot give all changes since the cursor: the database was restored, or they are too old. */
  readonly missed: boolean;
}

/**
 * Reads the log of changes of all tenants. A consumer that keeps the cursor in the transaction of its work gets each
 * change exactly once, also a change whose transaction commits after those of later changes.
 */
@Injectable()
export class ChangeLog {
  constructor(
    private readonly log: ChangeLogRepository,
    private readonly epochs: ChangeEpochs,
  ) {}

  /**
   * The changes since a cursor, at most `limit`.
   * @param cursor null: the log begins at present, and the batch has no change
   */
  async since(cursor: string | null, limit: number): Promise<ChangeBatch> {
    if (cursor === null) return this.fromPresent(false);
    const { epoch, from, to, after } = parseCursor(cursor);
    const read = await this.epochs.within(async () => this.log.between({ from, to, after, limit }));
    if (read.epoch !== epoch || read.purged) return this.fromPresent(true);
    const changes = read.changes.map((change) => ({ ...change, at: new Date(change.at) }));
    const last = changes.length === limit ? changes.at(-1) : undefined;
    // The rest of this part comes before all that was committed since.
    const next = last
      ? { epoch, from, to: read.to, after: last.sequence }
      : { epoch, from: read.to, to: null, after: 0 };
    return { changes, cursor: cursorText(next), more: last !== undefined || to !== null, missed: false };
  }

  private async fromPresent(missed: boolean): Promise<ChangeBatch> {
    const { epoch, to } = await this.epochs.within(async () => this.log.present());
    return {
      changes: [],
      cursor: cursorText({ epoch, from: to, to: null, after: 0 }),
      more: false,
      missed,
    };
  }
}

/** The changes that the snapshot `from` does not show; in the middle of a part, only those that `to` shows, after a sequence. */
interface Cursor {
  readonly epoch: string;
  readonly from: string;
  readonly to: string | null;
  readonly after: number;
}

function cursorText({ epoch, from, to, after }: Cursor): string {
  return [epoch, from, to ?? '', String(after)].join(' ');
}

function parseCursor(text: string): Cursor {
  const [epoch = '', from = '', to = '', after = ''] = text.split(' ');
  return { epoch, from, to: to || null, after: Number(after) };
}
