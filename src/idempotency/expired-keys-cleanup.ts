import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HOUR } from '../calendar/time/civil-time.js';
import { DatabaseOpening } from '../database/database-opening.js';
import { Clock } from '../platform/clock/clock.js';
import { PeriodicWork } from '../platform/work/periodic-work.js';
import { expiryCutOff } from './model/key-lifetime.js';
import { IdempotencyKeysRepository } from './store/idempotency-keys.repository.js';

/** Milliseconds. No request finds an expired key, so the row may stay for an hour. */
const CLEANUP_INTERVAL = HOUR;

/** Removes expired keys. */
@Injectable()
export class ExpiredKeysCleanup implements OnModuleDestroy {
  private readonly work = new PeriodicWork(ExpiredKeysCleanup.name, CLEANUP_INTERVAL, async () =>
    this.keys.removeExpired(expiryCutOff(this.clock.now())),
  );

  constructor(
    private readonly keys: IdempotencyKeysRepository,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.work.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.work.stop();
  }
}
