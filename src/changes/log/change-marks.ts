import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DAY, MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { ChangeEpochsRepository } from '../store/change-epochs.repository.js';
import { ChangeMarksRepository } from '../store/change-marks.repository.js';

/** Milliseconds. Longer than a token lasts. */
const MARK_LIFETIME = 40 * DAY;

/** Several instances share the marks, so that each minute has one. */
const SHARED_WITHIN_SECONDS = (MINUTE - 5 * SECOND) / SECOND;

/** Marks the life of the database, so that a token from before a restore is known. */
@Injectable()
export class ChangeMarks implements OnModuleDestroy {
  private readonly work = new PeriodicWork(ChangeMarks.name, MINUTE, async () => this.mark());

  constructor(
    private readonly marks: ChangeMarksRepository,
    private readonly epochs: ChangeEpochsRepository,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(async () => {
      // A copy that was put back starts with a mark of its own.
      if (await this.epochs.takesWrites()) await this.marks.add(0);
      void this.work.start();
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.work.stop();
  }

  private async mark(): Promise<void> {
    if (!(await this.epochs.takesWrites())) return;
    await this.marks.add(SHARED_WITHIN_SECONDS);
    await this.marks.removeBefore(new Date(this.clock.now().getTime() - MARK_LIFETIME));
  }
}
