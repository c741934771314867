import { Clock } from '../../platform/clock/clock.js';
import { type MachineClocks, machineClocks } from './machine-clocks.js';

/** One reading of the database's clock. */
export interface ClockReading {
  /** On the machine's steady clock. */
  readonly sentAt: number;
  /** On the machine's steady clock. */
  readonly receivedAt: number;
  /** Milliseconds since 1970 by the database's clock, at some moment between the two. */
  readonly databaseTime: number;
}

/** Milliseconds. A leap second is more. Time services that adjust a clock gradually adjust both clocks alike. */
const SMALLEST_STEP_MS = 500;

/**
 * The database's clock, as of the last correction. Between corrections it runs on the machine's steady clock, so a change
 * of the machine's time does not move it. Before the first correction it is the machine's clock.
 */
export class DatabaseClock extends Clock {
  /** By how much the database's clock is ahead of the steady clock. */
  private databaseAhead: number;
  /** By how much the machine's clock was ahead of the steady clock at the last correction. */
  private machineAhead: number;

  constructor(private readonly machine: MachineClocks = machineClocks) {
    super();
    this.machineAhead = machine.wall() - machine.steady();
    this.databaseAhead = this.machineAhead;
  }

  now(): Date {
    return new Date(this.steady() + this.databaseAhead);
  }

  /** The machine's steady clock, on which readings are timed. */
  steady(): number {
    return this.machine.steady();
  }

  /** Milliseconds by which the machine's clock is ahead of the database's; negative if it is behind. */
  get offset(): number {
    return this.machine.wall() - this.steady() - this.databaseAhead;
  }

  /** Whether the machine's clock was set, or the machine slept, since the last correction. */
  get hasStepped(): boolean {
    return Math.abs(this.machine.wall() - this.steady() - this.machineAhead) >= SMALLEST_STEP_MS;
  }

  /**
   * Corrects the clock by the reading with the shortest round trip. A reading is uncertain by half of its round trip; if
   * the clock is within that, it stays as it is.
   * @param readings at least one
   */
  correct(readings: readonly ClockReading[]): void {
    const best = readings.reduce((one, other) => (roundTrip(other) < roundTrip(one) ? other : one));
    const databaseAhead = best.databaseTime - (best.sentAt + best.receivedAt) / 2;
    if (Math.abs(databaseAhead - this.databaseAhead) > roundTrip(best) / 2)
      this.databaseAhead = databaseAhead;
    this.machineAhead = this.machine.wall() - this.steady();
  }
}

function roundTrip({ sentAt, receivedAt }: ClockReading): number {
  return receivedAt - sentAt;
}
