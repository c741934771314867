/** The one source of the current time, the same on all instances over a database. Tests put a fixed one in its place. */
export abstract class Clock {
  abstract now(): Date;
}
