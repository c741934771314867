import { Injectable } from '@nestjs/common';
import type { BookedEventView } from '../../events/model/booked-event.js';
import type { NewEvent } from '../../events/model/commands.js';
import { EventsService } from '../../events/read/events.service.js';
import { EventWriter } from '../../events/write/event-writer.js';
import { UsersService } from '../../users/read/users.service.js';
import { refuseOtherEvent } from '../model/confirmed-event.js';
import { holdExpired } from '../model/hold.policy.js';
import type { HoldRecord } from '../model/hold-record.js';
import { HoldsService } from '../read/holds.service.js';
import { HoldsRepository } from '../store/holds.repository.js';
import { HoldWriter } from './hold-writer.service.js';

/** The event of a confirmed hold. */
export interface ConfirmedHold {
  /** False: an earlier request has confirmed the hold. */
  readonly created: boolean;
  readonly event: BookedEventView;
}

/** Makes events of holds. */
@Injectable()
export class HoldConfirmation {
  constructor(
    private readonly holds: HoldsRepository,
    private readonly service: HoldsService,
    private readonly holdWriter: HoldWriter,
    private readonly users: UsersService,
    private readonly events: EventsService,
    private readonly writer: EventWriter,
  ) {}

  /**
   * Creates the event of an open hold, as `EventWriter.create` does, in the transaction that ends the hold. Other requests find
   * the time taken by the hold until the commit, and by the event from then on. If the event is refused, the hold stays.
   * @param eventOf the event that the caller wants
   * @throws {DomainError} not-found `hold_not_found`; expired `hold_expired`; as `EventWriter.create`
   */
  async confirm(id: number, eventOf: (hold: HoldRecord) => NewEvent): Promise<ConfirmedHold> {
    const seen = await this.service.get(id);
    const command = eventOf(seen);
    const { organizerId } = command;
    return this.holdWriter.locked(seen, [organizerId], async (hold) => {
      if (hold.eventId !== null) return { created: false, event: await this.events.seeCreated(hold.eventId) };
      if (!hold.isOpen) throw holdExpired(hold);
      const [organizer] = await this.users.getPersons([organizerId], 'organizer');
      await this.users.getPersons(command.invitedUserIds, 'invitedUsers');
      await this.users.getRooms(command.invitedRoomIds, 'invitedRooms');
      refuseOtherEvent(command, hold, organizer.timeZone);
      await this.holds.release(id);
      const event = await this.writer.create(command);
      await this.holds.confirm(hold, event.view.event.id);
      return { created: true, event };
    });
  }
}
