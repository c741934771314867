import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import type { TenantChanges } from '../../calendars/read/known/tenant-changes.js';
import { notFound } from '../../errors/domain-error.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import {
  attends,
  type DetailedEventView,
  type EventView,
  eventSeenBy,
  productDataSeenBy,
  seenThrough,
  seesGuestAddresses,
} from '../model/event.policy.js';
import { FIRST_VERSION, type PartialEventRecord } from '../model/event-record.js';
import { VisiblePartsService } from './parts/visible-parts.service.js';

/** Decides which events the current actor sees, and which details of them. */
@Injectable()
export class EventViewsService {
  constructor(
    private readonly directory: DirectoryService,
    private readonly parts: VisiblePartsService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * @throws {DomainError} not-found `event_not_found`, unless the current actor attends the event, or sees an attendee and
   * the event through the calendar of its organizer
   */
  async expectVisible(event: PartialEventRecord): Promise<void> {
    if ((await this.viewIfVisible(event)) === null) throw notFound('event', event.id);
  }

  /** The view that the current actor has of an event that it names by id; null: the actor does not see the event. */
  async viewIfVisible(event: PartialEventRecord): Promise<EventView | null> {
    if (!(await this.seesAttendeeOf(event))) return null;
    const [view] = await this.viewsThrough([event], null);
    return view;
  }

  /** Whether the current actor attends the event or sees one of its attendees. */
  async seesAttendeeOf(event: PartialEventRecord): Promise<boolean> {
    return (await this.withSeenAttendee([event])).has(event);
  }

  /** Those of the events that the current actor sees, through the calendars of their organizers, in at most two queries. */
  async visibleAmong<E extends PartialEventRecord>(events: readonly E[]): Promise<ReadonlySet<E>> {
    const known = [...(await this.withSeenAttendee(events))];
    const parts = await this.parts.of(known.map((event) => ({ event, throughUserId: null })));
    return new Set(known.filter((_, index) => parts[index] !== 'hidden'));
  }

  /** Those of the events that the current actor attends, or of which the actor sees an attendee, in at most one query. */
  private async withSeenAttendee<E extends PartialEventRecord>(
    events: readonly E[],
  ): Promise<ReadonlySet<E>> {
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
   * The views that the current actor has of several events at their creation, in at most one query: all details, since the
   * request named them. Later, a caller without a token sees no details of a private event.
   */
  async viewsOfCreated(events: readonly PartialEventRecord[]): Promise<DetailedEventView[]> {
    const views = await this.viewsOf(events);
    return views.map((view, index) => (view.details ? view : this.inFull(view, events[index])));
  }

  /** The views that the current actor has of several events that it may see. */
  async viewsOf(events: readonly PartialEventRecord[]): Promise<EventView[]> {
    const views = await this.viewsThrough(events, null);
    const actor = this.currentActor.get();
    // The access may have ended in the meantime.
    return views.map((view, index) => view ?? eventSeenBy(actor, events[index], false));
  }

  /**
   * The views that the current actor has of events that it reads through the calendars of a user; null: of their
   * organizers. A hidden event has no view.
   * @param changes of which the request has noted a look-up of its own; null: there was none
   */
  async viewsThrough(
    events: readonly PartialEventRecord[],
    throughUserId: number | null,
    changes: TenantChanges | null = null,
  ): Promise<(EventView | null)[]> {
    const actor = this.currentActor.get();
    const parts = await this.parts.of(
      events.map((event) => ({ event, throughUserId })),
      changes,
    );
    const shown = await this.withVisibleAddresses(events.filter((_, index) => parts[index] === 'full'));
    return events.map((event, index) =>
      parts[index] === 'hidden'
        ? null
        : eventSeenBy(actor, shown.get(event) ?? event, parts[index] === 'full'),
    );
  }

  /** The views in full of events that the current actor may see in full, in at most one query. */
  async fullViewsOf(events: readonly PartialEventRecord[]): Promise<DetailedEventView[]> {
    const shown = await this.withVisibleAddresses(events);
    return events.map((event) =>
      this.inFull(eventSeenBy(this.currentActor.get(), event, true), shown.get(event) ?? event),
    );
  }

  /**
   * The same for a repeat of the request that created or changed the events: without a token, all details of an event until
   * it changes. The access of a user may have ended.
   */
  async viewsOfRepeated(events: readonly PartialEventRecord[]): Promise<EventView[]> {
    const views = await this.viewsOf(events);
    if (this.currentActor.get().kind === 'user') return views;
    return views.map((view, index) =>
      view.details || events[index].version !== FIRST_VERSION ? view : this.inFull(view, events[index]),
    );
  }

  private inFull(view: EventView, event: PartialEventRecord): DetailedEventView {
    const productData = productDataSeenBy(this.currentActor.get(), event);
    return { ...view, details: true, event, productData };
  }

  /** The events without the addresses of attendees whom the current actor does not see, in at most one query. */
  private async withVisibleAddresses(
    events: readonly PartialEventRecord[],
  ): Promise<ReadonlyMap<PartialEventRecord, PartialEventRecord>> {
    const actor = this.currentActor.get();
    if (this.directory.seesEverybody()) {
      const guarded = events.filter((event) => withGuestsSeenBy(actor, event) !== event);
      return new Map(guarded.map((event) => [event, withGuestsSeenBy(actor, event)]));
    }
    const seen = new Set(events.flatMap((event) => seenThrough(actor, event)));
    const others = events
      .flatMap(({ attendees }) => attendees.map(({ userId }) => userId))
      .filter((userId) => !seen.has(userId));
    const visible = new Set([...seen, ...(await this.directory.visible(others))]);
    return new Map(events.map((event) => [event, withAddressesOf(withGuestsSeenBy(actor, event), visible)]));
  }
}

/** The event without the addresses of its guests, unless the actor attends it or may act for its organizer. */
function withGuestsSeenBy(actor: Actor, event: PartialEventRecord): PartialEventRecord {
  if (event.guests.length === 0 || seesGuestAddresses(actor, event)) return event;
  return { ...event, guests: event.guests.map((guest) => ({ ...guest, email: null })) };
}

/** The event without the addresses of attendees whom the actor does not see. */
function withAddressesOf(event: PartialEventRecord, visible: ReadonlySet<number>): PartialEventRecord {
  if (event.attendees.every(({ userId }) => visible.has(userId))) return event;
  const attendees = event.attendees.map((attendee) =>
    visible.has(attendee.userId) ? attendee : { ...attendee, email: null },
  );
  return { ...event, attendees };
}
