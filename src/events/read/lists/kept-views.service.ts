import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/actor.js';
import { CurrentActor } from '../../../access/current-actor.js';
import { inZoneOfReader } from '../../../scheduling/occurrences/floating-days.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { participationOf } from '../../model/attendance/participation.js';
import { EventViewsService } from '../event-views.service.js';
import { zoneOfAttendee } from '../zones/zone-of-attendee.js';
import type { CompleteKeptEvent } from './kept-event.js';
import type { KeptList } from './kept-events.service.js';
import { PreparedEvent } from './prepared-event.js';

/** Decides what the current actor sees of kept events, and keeps the decisions with the events. */
@Injectable()
export class KeptViewsService {
  constructor(
    private readonly views: EventViewsService,
    private readonly occurrences: OccurrencesService,
    private readonly currentActor: CurrentActor,
  ) {}

  /** The events of a list of `userId`, in the same order, as the current actor sees them. */
  async of({ events, changes }: KeptList, userId: number): Promise<PreparedEvent[]> {
    const { momentOfSettings: moment } = changes;
    const name = `${nameOfCaller(this.currentActor.get())} ${userId}`;
    const prepared = events.map((event) => event.preparedFor(name));
    const missing = events.filter((_, index) => prepared[index] === undefined);
    if (missing.length === 0) return prepared as PreparedEvent[];
    const records = missing.map(({ record }) => record);
    const views = await this.views.viewsThrough(records, userId, changes);
    // The views are as new as the look-up of this request. A change that was reported meanwhile may be missing in them.
    const isKept = changes.momentOfSettings === moment;
    const added = new Map<CompleteKeptEvent, PreparedEvent>();
    for (const [index, kept] of missing.entries()) {
      const { record } = kept;
      const own = record.floating ? inZoneOfReader(record, zoneOfAttendee(userId, record)) : record;
      const each = new PreparedEvent(kept, views[index], own, participationOf(record, userId));
      if (isKept) {
        this.occurrences.keepSeriesOf(own);
        kept.prepare(name, each);
      }
      added.set(kept, each);
    }
    return events.map((event, index) => prepared[index] ?? (added.get(event) as PreparedEvent));
  }
}

/** Names a caller among those that see different parts of events. All keys see the same. */
export function nameOfCaller(actor: Actor): string {
  return actor.kind === 'user' ? `${actor.userId}` : actor.kind;
}
