import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { inZoneOfReader } from '../../../scheduling/occurrences/floating-days.js';
import { UsersService } from '../../../users/read/users.service.js';
import type { EventView } from '../../model/event.policy.js';

/** Gives floating days the zone of the current actor. */
@Injectable()
export class ReaderZonesService {
  constructor(
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The event as the current actor has it: floating days are in the actor's zone; for an actor that is no user, in that of
   * the organizer.
   */
  async inZoneOfActor<V extends EventView>(view: V): Promise<V['event']> {
    const { event } = view;
    if (!event.floating) return event;
    return inZoneOfReader(event, (await this.ofActor()) ?? view.organizerTimeZone);
  }

  /** The zone of the current actor; null: the actor is no user. */
  async ofActor(): Promise<string | null> {
    const actor = this.currentActor.get();
    return actor.kind === 'user' ? (await this.users.get(actor.userId)).timeZone : null;
  }
}
