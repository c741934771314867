import { Injectable, Logger } from '@nestjs/common';
import { ChangeNotices } from '../../changes/change-notices.js';
import { ChangeLog } from '../../changes/log/change-log.js';
import type { LoggedChange } from '../../changes/model/logged-change.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { ConcernedUsersRepository } from '../store/changes/concerned-users.repository.js';

/** Changes that one look at the log reads. */
const CHANGES_PER_READ = 500;

/** A stream that waits for changes. */
export interface WaitingStream {
  readonly tenantId: number;
  /** The user whose list the stream has; null: all events of the tenant. */
  readonly userId: number | null;
  wake(): void;
}

/**
 * Reads the log once for all streams of this instance, and wakes those that a change may concern. Without it, each change
 * would cost a query for each stream.
 */
@Injectable()
export class StreamWaker {
  private readonly logger = new Logger(StreamWaker.name);
  private readonly streams = new Set<WaitingStream>();
  private cursor: string | null = null;
  private reading: Promise<void> | null = null;
  private noticed = false;
  private stopListening: (() => void) | null = null;

  constructor(
    private readonly log: ChangeLog,
    private readonly notices: ChangeNotices,
    private readonly users: ConcernedUsersRepository,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Wakes the stream after each change that is committed from now on. A stream that reads its list after this call misses
   * no change. @returns a function that ends this
   */
  add(stream: WaitingStream): () => void {
    this.streams.add(stream);
    this.stopListening ??= this.notices.listen(() => this.notice());
    // The first look at the log sets the cursor. The wake after it covers the changes before it.
    this.notice();
    return () => {
      this.streams.delete(stream);
      if (this.streams.size > 0) return;
      this.stopListening?.();
      this.stopListening = null;
      this.cursor = null;
    };
  }

  private notice(): void {
    this.noticed = true;
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
  }

  private async read(): Promise<void> {
    while (this.noticed && this.streams.size > 0) {
      this.noticed = false;
      try {
        await this.readOnce();
      } catch (error) {
        // The next notice, at the latest that of polling, reads again from the same place.
        this.logger.warn(`The log of changes cannot be read: ${String(error)}`);
        return;
      }
    }
  }

  private async readOnce(): Promise<void> {
    const isFirst = this.cursor === null;
    for (let more = true; more; ) {
      const batch = await this.log.since(this.cursor, CHANGES_PER_READ);
      if (isFirst || batch.missed) for (const stream of this.streams) stream.wake();
      else await this.wakeConcerned(batch.changes);
      this.cursor = batch.cursor;
      more = batch.more && this.streams.size > 0;
    }
  }

  private async wakeConcerned(changes: readonly LoggedChange[]): Promise<void> {
    const waiting = [...this.streams];
    for (const tenantId of new Set(waiting.map((stream) => stream.tenantId))) {
      const ofTenant = changes.filter((change) => change.tenantId === tenantId);
      if (ofTenant.length === 0) continue;
      const streams = waiting.filter((stream) => stream.tenantId === tenantId);
      const userIds = [...new Set(streams.flatMap(({ userId }) => userId ?? []))];
      const concerned = new Set(
        userIds.length === 0
          ? []
          : await this.tenant.run(tenantId, async () => this.users.among(userIds, ofTenant)),
      );
      for (const stream of streams) if (stream.userId === null || concerned.has(stream.userId)) stream.wake();
    }
  }
}
