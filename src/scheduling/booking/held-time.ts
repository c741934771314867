import { Injectable } from '@nestjs/common';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import type { IntervalSet } from '../../calendar/intervals/interval-set.js';
import { byZoneOfAttendees } from '../calendars/attended-event.js';
import type { BookableEvent } from './bookable-event.js';
import type { TimeByUser } from './conflicts/conflict.js';
import { joined } from './time-by-user.js';
import { TimeOfAttendees } from './time-of-attendees.js';

/** Computes the time that events took of their attendees before a change. */
@Injectable()
export class HeldTime {
  constructor(private readonly taken: TimeOfAttendees) {}

  /** The time in the windows of `taken`. Floating days are in the zone of each attendee. */
  during(taken: readonly TimeByUser[], held: BookableEvent): readonly TimeByUser[] {
    const within = this.within(held);
    return taken.map((byUser) => {
      const all = [...byUser.values()].flat();
      return all.length === 0 ? new Map() : within(all.reduce(span, all[0]));
    });
  }

  /** The time of a user in an interval. */
  of(held: BookableEvent): (userId: number, interval: Interval) => IntervalSet {
    const within = this.within(held);
    return (userId, interval) => within(interval).get(userId) ?? [];
  }

  private within(held: BookableEvent): (window: Interval) => TimeByUser {
    const inZones = byZoneOfAttendees(held);
    return (window) => joined(inZones.map((inZone) => this.taken.within(window, inZone)));
  }
}
