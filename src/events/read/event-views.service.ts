import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { notFound } from '../../errors/domain-error.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import {
  attends,
  type DetailedEventView,
  type EventView,
  eventSeenBy,
  productDataSeenBy,
  seenThrough,
  seesDetails,
} from '../model/event.policy.js';
import type { PartialEventRecord } from '../model/event-record.js';

/** Decides which events the current actor sees, and which details of them. */
@Injectable()
export class EventViewsService {
  constructor(
    private readonly directory: DirectoryService,
    private readonly currentActor: CurrentActor,
  ) {}

  /** @throws {DomainError} not-found `event_not_found`, unless the current actor attends the event or sees an attendee */
  async expectVisible(event: PartialEventRecord): Promise<void> {
    if (!(await this.isVisible(event))) throw notFound('event', event.id);
  }

  /** Whether the current actor attends the event or sees one of its attendees. */
  async isVisible(event: PartialEventRecord): Promise<boolean> {
    return (await this.visibleAmong([event])).has(event);
  }

  /** Those of the events that the current actor attends, or of which the actor sees an attendee, in at most one query. */
  async visibleAmong<E extends PartialEventRecord>(events: readonly E[]): Promise<ReadonlySet<E>> {
    const actor = this.currentActor.get();
    if (this.directory.seesEverybody()) return new Set(events);
    const others = events.filter((event) => !attends(actor, event));
    const seen = await this.directory.visible(
      others.flatMap(({ attendees }) => attendees.map(({ userId }) => userId)),
    );
    return new Set(
      events.filter(
        (event) => attends(actor, event) || event.attendees.some(({ userId }) => seen.has(userId)),
      ),
    );
  }

  /** The view that the current actor has of an event. The actor may see the event. */
  async viewOf(event: PartialEventRecord): Promise<EventView> {
    const [view] = await this.viewsOf([event]);
    return view;
  }

  /**
   * The view that the current actor has of an event at its creation: all details, since the request named them. Later, a
   * caller without a token sees no details of a private event.
   */
  async viewOfCreated(event: PartialEventRecord): Promise<DetailedEventView> {
    const [view] = await this.viewsOfCreated([event]);
    return view;
  }

  /** The same for several events, in at most one query. */
  async viewsOfCreated(events: readonly PartialEventRecord[]): Promise<DetailedEventView[]> {
    const views = await this.viewsOf(events);
    return views.map((view, index) => (view.details ? view : this.inFull(view, events[index])));
  }

  private inFull(view: EventView, event: PartialEventRecord): DetailedEventView {
    const productData = productDataSeenBy(this.currentActor.get(), event);
    return { ...view, details: true, event, productData };
  }

  /** The views that the current actor has of several events, in at most one query. */
  async viewsOf(events: readonly PartialEventRecord[]): Promise<EventView[]> {
    const actor = this.currentActor.get();
    if (this.directory.seesEverybody()) return events.map((event) => eventSeenBy(actor, event));
    const seen = new Set(events.flatMap((event) => seenThrough(actor, event)));
    const others = events
      .filter((event) => seesDetails(actor, event))
      .flatMap(({ attendees }) => attendees.map(({ userId }) => userId))
      .filter((userId) => !seen.has(userId));
    const visible = new Set([...seen, ...(await this.directory.visible(others))]);
    return events.map((event) => eventSeenBy(actor, withAddressesOf(event, visible)));
  }
}

/** The event without the addresses of attendees whom the actor does not see. */
function withAddressesOf(event: PartialEventRecord, visible: ReadonlySet<number>): PartialEventRecord {
  if (event.attendees.every(({ userId }) => visible.has(userId))) return event;
  const attendees = event.attendees.map((attendee) =>
    visible.has(attendee.userId) ? attendee : { ...attendee, email: null },
  );
  return { ...event, attendees };
}
