import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../../changes/change-feed.js';
import { notFound } from '../../errors/domain-error.js';
import { type NameRefusal, UNNAMED } from '../../errors/name-refusal.js';
import { ConflictsService } from '../../scheduling/booking/conflicts.service.js';
import { type ExplainedConflict, toAttendedEvent } from '../model/booked-event.js';
import type { EventRecord, RecordedOccurrence } from '../model/event-record.js';
import { ConflictDetailsService } from '../read/conflicts/conflict-details.service.js';
import { EventsService } from '../read/events.service.js';
import type { WrittenChange, WrittenEvents } from './event-change.js';
import { InvitationLimitService } from './invitation-limit.service.js';

/** An event as a change has left it. */
export interface Outcome {
  readonly event: EventRecord;
  readonly conflicts: readonly ExplainedConflict[];
  /** Null: the change was one of the whole event. */
  readonly occurrence: RecordedOccurrence | null;
}

/** Ends the work on changes that the running transaction has written. */
@Injectable()
export class ChangeConclusion {
  constructor(
    private readonly events: EventsService,
    private readonly conflicts: ConflictsService,
    private readonly conflictDetails: ConflictDetailsService,
    private readonly invitationLimit: InvitationLimitService,
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
  async conclude(written: WrittenChange): Promise<Outcome> {
    const [outcome] = await this.concludeAll([written], UNNAMED);
    return outcome;
  }

  /**
   * The same for changes of one transaction, after all of them are written. So two events can swap their attendees, and
   * two events of one attendee at one time are in conflict. Several changes of one event all have its final state.
   */
  async concludeAll(written: readonly WrittenChange[], name: NameRefusal): Promise<Outcome[]> {
    this.announce(written);
    const byId = await this.events.byId(written.map(({ eventId }) => eventId));
    const changes = written.map((change) => {
      const event = byId.get(change.eventId);
      if (!event) throw notFound('event', change.eventId);
      return { ...change, event, occurrence: change.occurrenceIn?.(event) ?? null };
    });
    this.invitationLimit.expectAll(
      changes.map(({ before, event }) => ({ before, after: event })),
      name,
    );
    const conflicts = await this.conflicts.bookAll(
      changes.map(({ event, occurrence, policy, bookedOccurrence, bookedUserIds }) => ({
        event: toAttendedEvent(event),
        policy,
        occurrence: bookedOccurrence ? (occurrence ?? undefined) : undefined,
        userIds: bookedUserIds,
      })),
      name,
    );
    const explained = await this.conflictDetails.explainAll(
      changes.map(({ event }, index) => ({ eventId: event.id, conflicts: conflicts[index] })),
    );
    return changes.map(({ event, occurrence }, index) => ({
      event,
      occurrence,
      conflicts: explained[index],
    }));
  }
}
