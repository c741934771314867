import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../changes/change-feed.js';
import { notFound } from '../../errors/domain-error.js';
import { type NameRefusal, UNNAMED } from '../../errors/name-refusal.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { isResource } from '../../users/model/user-record.js';
import { type BookedTime, toAttendedEvent } from '../model/booked-event.js';
import type { EventRecord, RecordedOccurrence } from '../model/event-record.js';
import { ConflictDetailsService } from '../read/conflicts/conflict-details.service.js';
import { EventsService } from '../read/events.service.js';
import { RoomWarningsService } from '../read/rooms/room-warnings.service.js';
import { type BookedChange, bookingOf } from './booked-change.js';
import { ConflictSkipping } from './conflict-skipping.js';
import type { WrittenChange, WrittenEvents } from './event-change.js';
import { InvitationLimitService } from './invitation-limit.service.js';
import { RoomAnswers } from './rooms/room-answers.js';

/** An event as a change has left it. */
export interface Outcome extends BookedTime {
  readonly event: EventRecord;
  /** Null: the change was one of the whole event. */
  readonly occurrence: RecordedOccurrence | null;
}

/** Ends the work on changes that the running transaction has written. */
@Injectable()
export class ChangeConclusion {
  constructor(
    private readonly events: EventsService,
    private readonly conflicts: ConflictsService,
    private readonly skipping: ConflictSkipping,
    private readonly conflictDetails: ConflictDetailsService,
    private readonly invitationLimit: InvitationLimitService,
    private readonly roomAnswers: RoomAnswers,
    private readonly roomWarnings: RoomWarningsService,
    private readonly feed: ChangeFeed,
  ) {}

  /** Announces changes in the transaction that makes them. Every change of an event passes here. */
  announce(written: readonly WrittenEvents[]): void {
    for (const { split, answer } of written) {
      if (split) this.feed.seriesSplit(split);
      if (answer) this.feed.answerChanged(answer.eventId, answer.userId);
    }
    this.feed.eventsChanged([...new Set(written.flatMap(({ eventIds }) => eventIds))]);
  }

  /** Announces a change, reads the event as it is now, books its time and explains what it is in conflict with. */
  async conclude(written: WrittenChange, name: NameRefusal = UNNAMED): Promise<Outcome> {
    const [outcome] = await this.concludeAll([written], name);
    return outcome;
  }

  /**
   * The same for changes of one transaction, after all of them are written. So two events can swap their attendees, and
   * two events of one attendee at one time are in conflict. Several changes of one event all have its final state.
   */
  async concludeAll(written: readonly WrittenChange[], name: NameRefusal): Promise<Outcome[]> {
    this.announce(written);
    const changes = await this.skipping.skip(await this.changedEvents(written), name);
    this.invitationLimit.expectAll(
      changes.map(({ before, event }) => ({ before, after: event })),
      name,
    );
    const conflicts = await this.conflicts.bookAll(
      changes.map((change) => bookingOf(change)),
      name,
    );
    const explained = await this.conflictDetails.explainAll(
      changes.map(({ event }, index) => ({ eventId: event.id, ...conflicts[index] })),
    );
    const warnings = await this.roomWarnings.ofAll(changes.map(({ event }) => event));
    return changes.map(({ event, occurrence, skipped }, index) => ({
      event,
      occurrence,
      skipped,
      conflicts: explained[index].conflicts,
      conflictsCheckedUntil: explained[index].conflictsCheckedUntil,
      warnings: warnings[index],
    }));
  }

  /**
   * Announces changes that no conflict refuses, and that book no room: a room of which they need other time declines. Its
   * answer stays if the event takes no more time of it than before.
   */
  async concludeUnbooked(written: readonly WrittenChange[]): Promise<void> {
    this.announce(written);
    const withRooms = written.filter(({ before }) => before?.attendees.some(isResource));
    if (withRooms.length === 0) return;
    const changes = await this.changedEvents(withRooms);
    const roomIds = changes.flatMap(({ event }) =>
      event.attendees.filter(isResource).map(({ userId }) => userId),
    );
    const taken = await this.conflicts.roomsNewlyTaken(
      changes.map(({ event, held }) => ({
        event: toAttendedEvent(event),
        held: held && toAttendedEvent(held),
      })),
      roomIds,
    );
    await this.roomAnswers.decline(changes.map(({ event }, index) => ({ event, roomIds: taken[index] })));
  }

  /**
   * The changes with the events as they are now, after the answers of rooms. A change that wrote nothing makes no room
   * answer.
   */
  private async changedEvents(written: readonly WrittenChange[]): Promise<BookedChange[]> {
    const ids = written.map(({ eventId }) => eventId);
    let byId = await this.events.byId(ids);
    const answered = await this.roomAnswers.decide(
      written.flatMap(({ eventId, eventIds, before, held = before }) => {
        const event = byId.get(eventId);
        return event && eventIds.length > 0 ? [{ before: held, event }] : [];
      }),
    );
    if (answered.size > 0) byId = await this.events.byId(ids);
    return written.map((change) => {
      const event = byId.get(change.eventId);
      if (!event) throw notFound('event', change.eventId);
      const { before, held = before } = change;
      return { ...change, held, event, occurrence: change.occurrenceIn?.(event) ?? null, skipped: null };
    });
  }
}
