import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/actor.js';
import { CurrentActor } from '../../../access/current-actor.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import type { ChangedEvent } from '../../../events/model/changes/event-change-record.js';
import type { EventRecord } from '../../../events/model/event-record.js';
import { ChangedEventsService } from '../../../events/read/changes/changed-events.service.js';
import { PastEventViewsService } from '../../../events/read/changes/past-event-views.service.js';
import { EventsService } from '../../../events/read/events.service.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import { DeliveryBodies, type DeliveryForOwner } from '../../delivery/delivery-bodies.js';
import type { WebhookDeliveryRecord } from '../../model/webhook-delivery-record.js';
import { changePayload, eventPayload, type Payload, removed } from './change-payload.js';

/** A payload in JSON, without the braces around it, and the time of what it is about. */
interface Rendered {
  readonly timestamp: string;
  readonly json: string;
}

type Rendering = (delivery: WebhookDeliveryRecord) => Rendered | null;

/** Makes the bodies of deliveries in the form of the API. A change is rendered once for each of its viewers. */
@Injectable()
export class DeliveryPayloads extends DeliveryBodies {
  constructor(
    private readonly changes: ChangedEventsService,
    private readonly events: EventsService,
    private readonly views: PastEventViewsService,
    private readonly occurrences: OccurrencesService,
    private readonly currentActor: CurrentActor,
    private readonly tenant: CurrentTenant,
  ) {
    super();
  }

  async of(deliveries: readonly DeliveryForOwner[]): Promise<(string | null)[]> {
    const ofChanges = deliveries.filter(({ delivery }) => delivery.changeSequence !== null);
    const ofReminders = deliveries.filter(({ delivery }) => delivery.type === 'reminder.fired');
    const changed = await this.changes.ofChanges(distinctChanges(ofChanges));
    const present = await this.events.byId(
      distinct(ofReminders.flatMap(({ delivery }) => delivery.eventId ?? [])),
    );
    const renderings = new Map<number | null, Rendering>();
    for (const ownerId of distinct(deliveries.map((one) => one.ownerId))) {
      const own = deliveries.filter((one) => one.ownerId === ownerId).map(({ delivery }) => delivery);
      renderings.set(
        ownerId,
        await this.currentActor.run(this.actorOf(ownerId), async () =>
          this.renderingOf(own, changed, present),
        ),
      );
    }
    return deliveries.map(({ delivery, ownerId }) => {
      const rendered = renderings.get(ownerId)?.(delivery) ?? null;
      return rendered && bodyOf(delivery, rendered);
    });
  }

  /** Renders deliveries of one owner, on whose behalf it runs. */
  private async renderingOf(
    deliveries: readonly WebhookDeliveryRecord[],
    changed: ReadonlyMap<number, ChangedEvent>,
    present: ReadonlyMap<number, EventRecord>,
  ): Promise<Rendering> {
    const own = distinct(deliveries.flatMap(({ changeSequence }) => changeSequence ?? [])).flatMap(
      (sequence) => changed.get(sequence) ?? [],
    );
    const ofChanges = await this.changesRendering(own);
    const ofReminders = await this.remindersRendering(
      distinct(deliveries.flatMap(({ type, eventId }) => (type === 'reminder.fired' ? (eventId ?? []) : []))),
      present,
    );
    return (delivery) => {
      if (delivery.changeSequence !== null) return ofChanges(delivery);
      if (delivery.type === 'reminder.fired') return ofReminders(delivery);
      return renderedAt(delivery.createdAt, { ...delivery.details, data: {} });
    };
  }

  private async changesRendering(changed: readonly ChangedEvent[]): Promise<Rendering> {
    const shown = changed.flatMap((each) => {
      const state = each.after ?? each.before;
      return state && each.last ? [{ each, state, last: each.last }] : [];
    });
    const views = await this.views.atPresent(shown);
    const viewOf = new Map(shown.map(({ each }, index) => [each, views[index]]));
    // Nobody needs the state before a change whose present state the owner does not see.
    const updated = changed.filter((each) => each.before && each.after && viewOf.get(each));
    const before = await this.views.atTheTime(updated.flatMap((each) => each.before ?? []));
    const beforeOf = new Map(updated.map((each, index) => [each, before[index]]));
    const bySequence = new Map(changed.map((each) => [each.change.sequence, each]));
    const known = new Map<ChangedEvent, Rendered>();
    return ({ type, changeSequence }) => {
      const each = bySequence.get(changeSequence ?? 0);
      if (!each) return null;
      const ready = known.get(each);
      if (ready) return ready;
      const seen = { present: viewOf.get(each) ?? null, before: beforeOf.get(each) ?? null };
      const fresh = renderedAt(each.change.at, changePayload(type, each, seen, this.occurrences));
      known.set(each, fresh);
      return fresh;
    };
  }

  private async remindersRendering(
    eventIds: readonly number[],
    present: ReadonlyMap<number, EventRecord>,
  ): Promise<Rendering> {
    const events = eventIds.flatMap((id) => present.get(id) ?? []);
    const views = await this.views.atTheTime(events);
    const viewOf = new Map(events.map(({ id }, index) => [id, views[index]]));
    return ({ eventId, createdAt, details }) => {
      const view = viewOf.get(eventId ?? 0);
      return renderedAt(createdAt, {
        ...details,
        data: view ? eventPayload(view, this.occurrences) : removed(eventId ?? 0),
      });
    };
  }

  /** The owner as an actor. The tenant sees everything, as a key does. */
  private actorOf(ownerId: number | null): Actor {
    const tenantId = this.tenant.id;
    if (ownerId !== null) return { kind: 'user', tenantId, userId: ownerId };
    return { kind: 'key', key: { id: 0, tenantId, prefix: '', scopes: new Set(), expiresAt: null } };
  }
}

function bodyOf({ type, sequence }: WebhookDeliveryRecord, { timestamp, json }: Rendered): string {
  const previous = sequence === 1 ? null : sequence - 1;
  const numbers = { type, timestamp, sequence, previous_sequence: previous };
  return `${JSON.stringify(numbers).slice(0, -1)},${json}}`;
}

function renderedAt(at: Date, payload: Payload): Rendered {
  return { timestamp: at.toISOString(), json: JSON.stringify(payload).slice(1, -1) };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function distinctChanges(deliveries: readonly DeliveryForOwner[]) {
  const named = new Map<number, { eventId: number; sequence: number }>();
  for (const { delivery } of deliveries) {
    const { eventId, changeSequence: sequence } = delivery;
    if (eventId !== null && sequence !== null) named.set(sequence, { eventId, sequence });
  }
  return [...named.values()];
}
