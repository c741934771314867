/**
 * The one source of the current time, the same on all instances of a database. Tests replace it with a fixed clock.
 */
export abstract class Clock {
  abstract now(): Date;
}
