import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import type { Precondition } from '../../platform/precondition.js';
import { mayChangeEvent } from '../model/event.policy.js';
import type { EventRecord } from '../model/event-record.js';
import { EventViewsService } from '../read/event-views.service.js';

/** Decides whether the current actor may change an event. */
@Injectable()
export class ChangeAccess {
  constructor(
    private readonly views: EventViewsService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * @param event locked by the running transaction
   * @throws {DomainError} not-found `event_not_found`; forbidden; precondition-failed @throws {UnauthenticatedError}
   */
  async expect(event: EventRecord, precondition: Precondition): Promise<void> {
    const decision = mayChangeEvent(this.currentActor.get(), event);
    if (decision !== 'allow') await this.views.expectVisible(event);
    enforce(decision, 'Only its organizer may change an event.');
    precondition.expect(event.version);
  }
}
