import { Injectable } from '@nestjs/common';
import { ChangeLog } from '../../changes/log/change-log.js';
import { FanOutRepository } from '../store/fan-out.repository.js';

/** Lets the first active subscription begin at the present. Without one, the cursor stays where the last one left it. */
@Injectable()
export class FanOutStart {
  constructor(
    private readonly repository: FanOutRepository,
    private readonly log: ChangeLog,
  ) {}

  /** Runs in the transaction that makes a subscription active, before that. */
  async beforeActive(): Promise<void> {
    if (await this.repository.isAnyActive()) return;
    await this.repository.lock();
    // Another transaction may have made a subscription active in the meantime.
    if (await this.repository.isAnyActive()) return;
    await this.repository.moveTo((await this.log.since(null, 1)).cursor);
  }
}
