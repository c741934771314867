import { describe, expect, test } from '@jest/globals';
import { type ClockReading, DatabaseClock } from './database-clock.js';
import type { MachineClocks } from './machine-clocks.js';

const MINUTE = 60_000;
const START = Date.parse('2026-03-02T09:00:00Z');

/** A machine whose time passes only as the test says. */
class Machine implements MachineClocks {
  private passed = 0;
  private set = 0;

  wall(): number {
    return START + this.passed + this.set;
  }

  steady(): number {
    return 5_000 + this.passed;
  }

  pass(milliseconds: number): void {
    this.passed += milliseconds;
  }

  /** Somebody sets the clock, or the machine sleeps. */
  step(milliseconds: number): void {
    this.set += milliseconds;
  }
}

/** A reading of a database's clock that is `ahead` of the machine's, with a round trip of `outward` and `homeward`. */
function reading(machine: Machine, ahead: number, outward = 0, homeward = outward): ClockReading {
  const sentAt = machine.steady();
  const databaseTime = machine.wall() + outward + ahead;
  return { sentAt, receivedAt: sentAt + outward + homeward, databaseTime };
}

describe("the database's clock", () => {
  test("is the machine's before the first correction", () => {
    expect(new DatabaseClock(new Machine()).now().toISOString()).toBe('2026-03-02T09:00:00.000Z');
  });

  test.each([
    ['behind', 10 * MINUTE, '2026-03-02T09:10:01.000Z', -10 * MINUTE],
    ['ahead of', -10 * MINUTE, '2026-03-02T08:50:01.000Z', 10 * MINUTE],
  ])('is kept by a machine whose clock is %s it', (_, ahead, now, offset) => {
    const machine = new Machine();
    const clock = new DatabaseClock(machine);
    clock.correct([reading(machine, ahead)]);
    machine.pass(1_000);
    expect(clock.now().toISOString()).toBe(now);
    expect(clock.offset).toBe(offset);
  });

  test('is read by the shortest round trip, at the middle of it', () => {
    const machine = new Machine();
    const clock = new DatabaseClock(machine);
    clock.correct([
      reading(machine, 10_000, 3_000, 0),
      reading(machine, 10_000, 2, 2),
      reading(machine, 10_000, 0, 400),
    ]);
    expect(clock.offset).toBe(-10_000);
  });

  test.each([
    ['within the uncertainty of the reading, and stays', 200, 0],
    ['further off, and follows', 201, -201],
  ])('is %s', (_, ahead, offset) => {
    const machine = new Machine();
    const clock = new DatabaseClock(machine);
    clock.correct([reading(machine, ahead, 200)]);
    expect(clock.offset).toBe(offset);
  });

  test('does not move when the clock of the machine is set, and tells that it was', () => {
    const machine = new Machine();
    const clock = new DatabaseClock(machine);
    clock.correct([reading(machine, 0)]);
    machine.step(10 * MINUTE);
    expect(clock.now().toISOString()).toBe('2026-03-02T09:00:00.000Z');
    expect(clock.offset).toBe(10 * MINUTE);
    expect(clock.hasStepped).toBe(true);
    clock.correct([reading(machine, -10 * MINUTE)]);
    expect(clock.now().toISOString()).toBe('2026-03-02T09:00:00.000Z');
    expect(clock.hasStepped).toBe(false);
  });
});
