/** Writes an event as a file, for callers who ask for one. A protocol provides it. */
export abstract class EventFile {
  /** The event as the current actor sees it, as iCalendar text. @throws {DomainError} not-found `event_not_found` */
  abstract ofEvent(id: number): Promise<string>;
}
