import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/actor.js';
import { CurrentActor } from '../../../access/current-actor.js';
import { type DetailedEventView, productDataSeenBy, seesGuestAddresses } from '../../model/event.policy.js';
import type { EventRecord } from '../../model/event-record.js';
import { EventViewsService } from '../event-views.service.js';

/** A state of an event, and the event as it is; if it is deleted, as it was last. */
export interface PastState {
  readonly state: EventRecord;
  readonly last: EventRecord;
}

/** Decides what the current actor sees of former states of events. */
@Injectable()
export class PastEventViewsService {
  constructor(
    private readonly views: EventViewsService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The views of former states that the current actor has at present: by the attendees and the visibility that the event
   * has now. Null: the actor does not see the event in full.
   */
  async atPresent(states: readonly PastState[]): Promise<(DetailedEventView | null)[]> {
    const seen = await this.seenInFull(states.map(({ last }) => last));
    const shown = states.filter(({ last }) => seen.has(last));
    const views = await this.views.fullViewsOf(shown.map(({ state }) => state));
    const viewOf = new Map(shown.map((state, index) => [state, views[index]]));
    const actor = this.currentActor.get();
    return states.map((state) => {
      const view = viewOf.get(state);
      return view ? withDetailsOf(actor, view, state.last) : null;
    });
  }

  /**
   * The views of former states by what each state itself allowed, with the present grants. Null: the actor could not see
   * the event in full.
   */
  async atTheTime(states: readonly EventRecord[]): Promise<(DetailedEventView | null)[]> {
    return this.atPresent(states.map((state) => ({ state, last: state })));
  }

  private async seenInFull(events: readonly EventRecord[]): Promise<ReadonlySet<EventRecord>> {
    const distinct = [...new Set(events)];
    if (this.currentActor.get().kind === 'key') return new Set(distinct);
    const visible = await this.views.visibleAmong(distinct);
    const found = distinct.filter((event) => visible.has(event));
    const views = await this.views.viewsThrough(found, null);
    return new Set(found.filter((_, index) => views[index]?.details));
  }
}

/** The view without what the actor does not see of the event as it is. */
function withDetailsOf(actor: Actor, view: DetailedEventView, last: EventRecord): DetailedEventView {
  const event = seesGuestAddresses(actor, last)
    ? view.event
    : { ...view.event, guests: view.event.guests.map((guest) => ({ ...guest, email: null })) };
  const productData = productDataSeenBy(actor, last) === null ? null : view.productData;
  return { ...view, event, productData };
}
