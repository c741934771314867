import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type DeepPartial, Repository } from 'typeorm';
import type { Interval } from '../calendar/interval.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Event } from './event.entity.js';
import { EVENT_RECORD } from './event-query.js';
import type { EventRecord } from './event-record.js';

@Injectable()
export class EventsRepository {
  constructor(
    @InjectRepository(Event) private readonly events: Repository<Event>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async withId(id: number): Promise<EventRecord | null> {
    const rows: EventRecord[] = await this.repository.query(
      `SELECT ${EVENT_RECORD} FROM events e WHERE e.id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** The events that the user attends whose span meets the window; an empty window asks about its instant. */
  async attendedBy(userId: number, window: Interval): Promise<EventRecord[]> {
    return this.repository.query(
      `SELECT ${EVENT_RECORD}
         FROM attendees mine JOIN events e ON e.id = mine.event_id
        WHERE mine.user_id = $1 AND mine.span && tstzrange($2, $3, '[]')`,
      [userId, new Date(window.start), new Date(window.end)],
    );
  }

  /** Saves a new event and who attends it. @returns its id */
  async add(event: DeepPartial<Event>, inviteeIds: readonly number[]): Promise<number> {
    const { identifiers } = await this.repository.insert(event);
    const id = (identifiers[0] as { id: number }).id;
    await this.repository.query(
      `INSERT INTO attendees (event_id, user_id, span, status) VALUES ($1, $2, $3, 'organizer')`,
      [id, event.organizerId, event.span],
    );
    await this.repository.query(
      `INSERT INTO attendees (event_id, user_id, span, status, invite_id)
       SELECT $1, invitee.id, $2, 'needs_action', nextval('invite_ids')
         FROM unnest($3::integer[]) WITH ORDINALITY AS invitee (id, place) ORDER BY invitee.place`,
      [id, event.span, inviteeIds],
    );
    return id;
  }

  /** Keeps others from changing the event until the transaction ends. */
  async lock(id: number): Promise<void> {
    await this.repository.query('SELECT FROM events WHERE id = $1 FOR UPDATE', [id]);
  }

  async raiseVersion(id: number): Promise<void> {
    await this.repository.query('UPDATE events SET version = version + 1, updated_at = now() WHERE id = $1', [
      id,
    ]);
  }

  private get repository(): Repository<Event> {
    return this.unitOfWork.repository(this.events);
  }
}
