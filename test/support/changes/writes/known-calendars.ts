import type { Random } from '../random.js';

/** A calendar that the writers added, and may delete. */
interface KnownCalendar {
  readonly id: number;
  readonly userId: number;
}

/** The calendars that the writers added, beside the lasting ones of each person. */
export class KnownCalendars {
  private readonly calendars = new Map<number, KnownCalendar>();

  note(calendar: KnownCalendar): void {
    this.calendars.set(calendar.id, calendar);
  }

  /** One of a user; undefined: none is known. */
  oneOf(userId: number, random: Random): number | undefined {
    return random.oneIfAny([...this.calendars.values()].filter((calendar) => calendar.userId === userId))?.id;
  }

  /** One that no other writer gets. */
  take(random: Random): KnownCalendar | undefined {
    const calendar = random.oneIfAny([...this.calendars.values()]);
    if (calendar) this.calendars.delete(calendar.id);
    return calendar;
  }
}
