import { Clock } from '../../src/common/clock.js';

/** A clock that stands still unless it is told to go on. */
export class TestClock extends Clock {
  constructor(private instant = Date.parse('2026-03-02T09:00:00Z')) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  advance(seconds: number): void {
    this.instant += seconds * 1000;
  }
}
