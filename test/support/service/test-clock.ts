import { Clock } from '../../../src/platform/clock/clock.js';

/** A clock that the test sets. */
export class TestClock extends Clock {
  private instant: number;

  constructor(instant: string = '2026-03-02T09:00:00Z') {
    super();
    this.instant = Date.parse(instant);
  }

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: string): void {
    this.instant = Date.parse(instant);
  }

  advance(seconds: number): void {
    this.instant += seconds * 1000;
  }
}
