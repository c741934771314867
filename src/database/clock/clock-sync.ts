import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../database-opening.js';
import { type ClockReading, DatabaseClock } from './database-clock.js';

/** Milliseconds. Two clocks that run freely drift apart by some milliseconds a minute. */
const INTERVAL = MINUTE;

/** Milliseconds after which the service notices that the machine slept or that its clock was set. */
const CHECK_INTERVAL = SECOND;

/** The reading with the shortest round trip counts. The first reading may have to open a connection. */
const READINGS = 5;

/** Milliseconds. A machine whose time is synchronised differs by less. */
const TOLERANCE = 2_000;

/** The text of a `numeric` does not depend on the settings of the session. */
const READ_CLOCK = 'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS "databaseTime"';

/**
 * Measures the database's clock when the database opens and every minute, so that all instances act by one clock. A measurement that
 * fails leaves the clock as it is, and is repeated until one succeeds. Warns if the machine's clock is more than 2 s off.
 */
@Injectable()
export class ClockSync implements OnModuleDestroy {
  private readonly logger = new Logger(ClockSync.name);
  private timer: NodeJS.Timeout | undefined;
  private measuring: Promise<void> | null = null;
  private measuredAt = 0;
  private failing = false;
  /** The offset that the last warning named; 0: none since the clock was right. */
  private warnedOf = 0;

  constructor(
    private readonly clock: DatabaseClock,
    private readonly dataSource: DataSource,
    opening: DatabaseOpening,
  ) {
    // Before the first measurement, the service must not decide that work is due.
    opening.addStep(async () => this.measure());
    opening.onOpen(() => this.start());
  }

  private start(): void {
    this.timer = setInterval(() => {
      this.measuring ??= this.measureIfDue().finally(() => {
        this.measuring = null;
      });
    }, CHECK_INTERVAL).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.measuring;
  }

  /** Corrects the clock. Rejects if the database does not answer. */
  async measure(): Promise<void> {
    this.clock.correct(await this.read());
    this.measuredAt = this.clock.steady();
    this.warn();
  }

  private async measureIfDue(): Promise<void> {
    if (!this.clock.hasStepped && this.clock.steady() - this.measuredAt < INTERVAL) return;
    try {
      await this.measure();
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.logger.warn(error);
      this.failing = true;
    }
  }

  private async read(): Promise<ClockReading[]> {
    const queryRunner = this.dataSource.createQueryRunner();
    try {
      const readings: ClockReading[] = [];
      while (readings.length < READINGS) {
        const sentAt = this.clock.steady();
        const [row]: { databaseTime: string }[] = await queryRunner.query(READ_CLOCK);
        const receivedAt = this.clock.steady();
        readings.push({ sentAt, receivedAt, databaseTime: Number(row?.databaseTime) });
      }
      return readings;
    } finally {
      await queryRunner.release();
    }
  }

  /** Warns when the clock becomes wrong, and again when it is wrong by 2 s more or less. */
  private warn(): void {
    const { offset } = this.clock;
    if (Math.abs(offset) <= TOLERANCE) this.warnedOf = 0;
    else if (Math.abs(offset - this.warnedOf) > TOLERANCE) {
      this.warnedOf = offset;
      const seconds = (Math.abs(offset) / SECOND).toFixed(1);
      this.logger.warn(
        `The clock of this machine is ${seconds} s ${offset > 0 ? 'ahead of' : 'behind'} the database's. ` +
          "The service acts by the database's clock. Synchronise the clocks of both machines.",
      );
    }
  }
}
