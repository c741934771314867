import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { UsersService } from '../../users/read/users.service.js';
import { EventHandoversRepository } from '../store/batch/event-handovers.repository.js';
import { AttendancesRepository } from '../store/erasure/attendances.repository.js';
import { OrganizedEventsRepository } from '../store/erasure/organized-events.repository.js';
import { EventsRepository } from '../store/events.repository.js';

/** Reads the ids of the next events to change. @param after the id before the first one; 0: none */
type NextIds = (after: number, limit: number) => Promise<number[]>;

/** One kind of change of the events of a deleted user. */
export interface ErasureOfEvents {
  readonly next: NextIds;
  /** Changes these events, in one transaction. An event that another transaction has changed in the meantime is no error. */
  readonly change: (ids: readonly number[]) => Promise<void>;
}

/** Cancels or hands over the events of deleted users, and ends their attendance in the events of others. */
@Injectable()
export class UserEventsErasureService {
  constructor(
    private readonly organized: OrganizedEventsRepository,
    private readonly events: EventsRepository,
    private readonly attendances: AttendancesRepository,
    private readonly handovers: EventHandoversRepository,
    private readonly users: UsersService,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
    private readonly clock: Clock,
  ) {}

  /** Cancels the events that the user organizes, and erases their texts. */
  cancellation(userId: number): ErasureOfEvents {
    return {
      next: async (after, limit) => this.organized.idsLeft(userId, after, limit),
      change: async (ids) =>
        this.changeOrganized(ids, userId, async (locked) => this.organized.cancel(locked)),
    };
  }

  /**
   * Hands the events that the user organizes over to another user. Conflicts are not judged. If the other user is deleted
   * too, the events are cancelled.
   */
  handover(userId: number, toId: number): ErasureOfEvents {
    return {
      next: async (after, limit) =>
        (await this.users.exists(toId))
          ? this.organized.idsOf(userId, after, limit)
          : this.organized.idsLeft(userId, after, limit),
      change: async (ids) =>
        this.changeOrganized(ids, userId, async (locked) => {
          if (await this.users.exists(toId)) await this.handOver(locked, userId, toId);
          else await this.organized.cancel(locked);
        }),
    };
  }

  /** Removes the user from the events of others that are not over, and erases the comments of the user in all events. */
  departure(userId: number): ErasureOfEvents {
    const now = this.clock.now();
    return {
      next: async (after, limit) => this.attendances.eventIdsLeft(userId, now, after, limit),
      change: async (ids) =>
        this.unitOfWork.run(async () => {
          await this.attendances.lockEvents(ids);
          this.feed.eventsChanged(await this.attendances.leave(ids, userId, now));
        }),
    };
  }

  /** Removes the declines that events keep of the user. */
  async forgetDeclines(userId: number): Promise<void> {
    await this.attendances.removeDeclinesOf(userId);
  }

  /** Whether an event refers to the user. */
  async referTo(userId: number): Promise<boolean> {
    return this.attendances.hasAny(userId);
  }

  /** The old organizer does not stay as an attendee. */
  private async handOver(ids: readonly number[], fromId: number, toId: number): Promise<void> {
    await this.organized.removeOrganizer(ids, fromId);
    await this.handovers.replaceOrganizer(ids, toId);
    await this.handovers.setOrganizer(ids, toId);
  }

  /** The events of calendars elsewhere concern no other user, so they are deleted. */
  private async changeOrganized(
    ids: readonly number[],
    organizerId: number,
    change: (locked: readonly number[]) => Promise<void>,
  ): Promise<void> {
    await this.unitOfWork.run(async () => {
      const locked = await this.organized.lock(ids, organizerId);
      const mirrored = new Set(await this.organized.inReadOnlyCalendars(locked, organizerId));
      await this.events.deleteAll([...mirrored]);
      const left = locked.filter((id) => !mirrored.has(id));
      await change(left);
      this.feed.eventsChanged(left);
    });
  }
}
