import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { requireProduct } from '../../../access/key-access.js';
import { DomainError } from '../../../errors/domain-error.js';
import { Configuration } from '../../../platform/configuration/configuration.js';
import { createOrReplace, ResourceGone } from '../../../platform/put/create-or-replace.js';
import type { PutCondition, PutResult } from '../../../platform/put/put-condition.js';
import { externalIdTaken } from '../../../platform/values/external-id.js';
import type { BookedEventView } from '../../model/booked-event.js';
import { refuseSeriesBeyondLimits } from '../../model/command-limits.js';
import type { NewEvent } from '../../model/commands.js';
import type { EventView } from '../../model/event.policy.js';
import { replacementOf } from '../../model/replacement/event-replacement.js';
import { EventsService } from '../../read/events.service.js';
import { EventsRepository } from '../../store/events.repository.js';
import type { EventChange, WrittenChange } from '../event-change.js';
import { EventWriter } from '../event-writer.js';
import { asNewSeries } from '../new-series-records.js';
import { writePatch } from '../patch-event.js';

/** Creates an event with an external id. */
type NewExternalEvent = NewEvent & { readonly externalId: string };

/** Reads, creates and replaces events by the product's own ids of them. */
@Injectable()
export class ExternalEventsService {
  constructor(
    private readonly repository: EventsRepository,
    private readonly events: EventsService,
    private readonly writer: EventWriter,
    private readonly currentActor: CurrentActor,
    private readonly configuration: Configuration,
  ) {}

  /**
   * The event, if the current actor sees its external id. Otherwise the response is that to an unknown external id.
   * @throws {DomainError} forbidden `key_required`; not-found `event_not_found`
   */
  async see(externalId: string): Promise<EventView> {
    requireProduct(this.currentActor.get());
    const id = await this.repository.idOfExternalId(externalId);
    const view = id === null ? null : await this.events.seeIfVisible(id);
    if (!view?.details || view.productData === null)
      throw new DomainError('not-found', 'event_not_found', 'No event has this external id.');
    return view;
  }

  /**
   * Creates the event, or makes the existing one as the command names it. A command that changes nothing makes no new
   * version. The status, changed and deleted occurrences, and the answers of attendees who stay, stay.
   * @throws {DomainError} forbidden `key_required`; precondition-failed; as a creation or a change of an event
   * @throws {UnauthenticatedError}
   */
  async put(command: NewExternalEvent, condition: PutCondition): Promise<PutResult<BookedEventView>> {
    requireProduct(this.currentActor.get());
    refuseSeriesBeyondLimits(asNewSeries(command));
    return createOrReplace(condition, {
      object: 'event',
      find: async () => this.repository.idOfExternalId(command.externalId),
      create: async () => this.writer.create(command),
      replace: async (id) => this.replace(id, command, condition),
    });
  }

  private async replace(
    id: number,
    command: NewExternalEvent,
    { version }: PutCondition,
  ): Promise<BookedEventView> {
    try {
      const { organizerId, visibility = this.configuration.defaultVisibility } = command;
      return await this.writer.patchWith(this.replacing(command), id, version, { organizerId, visibility });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'event_not_found') throw error;
      if ((await this.repository.idOfExternalId(command.externalId)) !== id) throw new ResourceGone();
      // To an actor who does not see the event, another event has the external id.
      throw externalIdTaken('event');
    }
  }

  private replacing(command: NewExternalEvent): EventChange<WrittenChange> {
    return async (event, resources) => {
      if (event.externalId !== command.externalId) throw new ResourceGone();
      const [organizer] = await resources.users.getAll([command.organizerId], 'organizer');
      const { defaultVisibility: visibility } = this.configuration;
      const calendarId = await resources.calendars.primaryOf(organizer.id);
      const defaults = { timeZone: organizer.timeZone, visibility, calendarId };
      const { patch, schedule } = replacementOf(event, command, defaults);
      if (Object.keys(patch).length === 0)
        return { eventId: event.id, eventIds: [], before: event, policy: null };
      return writePatch(event, patch, schedule, resources);
    };
  }
}
