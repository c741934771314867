import { Injectable } from '@nestjs/common';
import type { AuthoredChange } from '../model/changes/event-change-record.js';
import { EventHistoryRepository } from '../store/changes/event-history.repository.js';

/** Changes in memory at a time. */
const CHANGES_PER_READ = 1_000;

/** Exports which changes of events a user made. */
@Injectable()
export class UserChangesExportService {
  constructor(private readonly history: EventHistoryRepository) {}

  /** The oldest first. */
  async *ofUser(userId: number): AsyncGenerator<AuthoredChange[], void, undefined> {
    for (let after = 0; ; ) {
      const page = await this.history.madeBy(userId, after, CHANGES_PER_READ);
      yield page;
      if (page.length < CHANGES_PER_READ) return;
      after = page.at(-1)?.sequence ?? after;
    }
  }
}
