import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { notFound } from '../common/domain-error.js';
import { DirectoryService } from '../users/directory.service.js';
import { type EventView, eventSeenBy, seesDetails } from './event.policy.js';
import type { EventRecord } from './event-record.js';

/** Decides which events the current actor sees, and what of them. */
@Injectable()
export class EventViewsService {
  constructor(
    private readonly directory: DirectoryService,
    private readonly currentActor: CurrentActor,
  ) {}

  /** Throws unless the current actor attends the event or sees one of its attendees. @throws {DomainError} not-found `event_not_found` */
  async expectVisible(event: EventRecord): Promise<void> {
    if (!(await this.isVisible(event))) throw notFound('event', event.id);
  }

  /** Whether the current actor attends the event or sees one of its attendees. */
  async isVisible({ attendees }: EventRecord): Promise<boolean> {
    if (this.directory.seesEverybody()) return true;
    return (await this.directory.visible(attendees.map(({ userId }) => userId))).size > 0;
  }

  /** What the current actor sees of an event that the actor may see. */
  async of(event: EventRecord): Promise<EventView> {
    const [view] = await this.ofAll([event]);
    return view;
  }

  /** The same of several events, in at most one query. */
  async ofAll(events: readonly EventRecord[]): Promise<EventView[]> {
    const actor = this.currentActor.get();
    if (this.directory.seesEverybody()) return events.map((event) => eventSeenBy(actor, event));
    const attendees = events.filter((event) => seesDetails(actor, event)).flatMap((event) => event.attendees);
    const visible = await this.directory.visible(attendees.map(({ userId }) => userId));
    return events.map((event) => eventSeenBy(actor, withAddressesOf(event, visible)));
  }
}

/** The event without the addresses of attendees whom the actor does not see. */
function withAddressesOf(event: EventRecord, visible: ReadonlySet<number>): EventRecord {
  if (event.attendees.every(({ userId }) => visible.has(userId))) return event;
  const attendees = event.attendees.map((attendee) =>
    visible.has(attendee.userId) ? attendee : { ...attendee, email: null },
  );
  return { ...event, attendees };
}
