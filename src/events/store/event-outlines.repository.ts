import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { byEvent } from '../../scheduling/calendars/by-event.js';
import type { EventOutline } from '../model/event-outline.js';
import { type InJson, jsonRows } from './columns.js';
import {
  ANSWER,
  ATTENDEE,
  type AttendeeRow,
  EVENT,
  type EventRow,
  type OccurrenceAnswerRow,
  type OccurrenceOverrideRow,
  OVERRIDE,
  SERIES_COLUMNS,
} from './event-tables.js';
import { eventTimesFrom, overrideFrom, seriesFrom } from './time-columns.js';

const EVENTS = [...SERIES_COLUMNS, 'startAt', 'endAt', 'organizerId', 'title', 'location', 'status'] as const;
const ATTENDEES = ['eventId', 'userId', 'status'] as const;
const OVERRIDES = [
  'eventId',
  'originalStart',
  'cancelled',
  'start',
  'duration',
  'zeroLength',
  'title',
  'location',
] as const;
const ANSWERS = ['eventId', 'userId', 'originalStart', 'status'] as const;

const OUTLINES = {
  name: 'event_outlines',
  text: `
  SELECT
    ${jsonRows(`SELECT ${EVENT.select('e', EVENTS)} FROM events e WHERE tenant_id = $1 AND id = ANY ($2)`)} AS events,
    ${jsonRows(`SELECT ${ATTENDEE.select('a', ATTENDEES)} FROM attendees a
                 WHERE tenant_id = $1 AND event_id = ANY ($2) AND user_id = ANY ($3)`)} AS attendees,
    ${jsonRows(`SELECT ${OVERRIDE.select('o', OVERRIDES)} FROM occurrence_overrides o
                 WHERE tenant_id = $1 AND event_id = ANY ($2)`)} AS overrides,
    ${jsonRows(`SELECT ${ANSWER.select('x', ANSWERS)} FROM occurrence_answers x
                 WHERE tenant_id = $1 AND event_id = ANY ($2) AND user_id = ANY ($3)`)} AS answers`,
};

/** The row of the query. Each part has exactly the columns that the query reads. */
interface OutlineRows {
  readonly events: readonly InJson<Pick<EventRow, (typeof EVENTS)[number]>>[];
  readonly attendees: readonly Pick<AttendeeRow, (typeof ATTENDEES)[number]>[];
  readonly overrides: readonly Pick<OccurrenceOverrideRow, (typeof OVERRIDES)[number]>[];
  readonly answers: readonly Pick<OccurrenceAnswerRow, (typeof ANSWERS)[number]>[];
}

/** Reads the outlines of events, and the part of single users in them. */
@Injectable()
export class EventOutlinesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The events, in no order, with those of their attendees who are among these users. */
  async withIds(ids: readonly number[], userIds: readonly number[]): Promise<EventOutline[]> {
    const [rows] = await this.unitOfWork.prepared<OutlineRows>(OUTLINES, [this.tenant.id, ids, userIds]);
    return outlinesOf(rows);
  }

  /** The events of a user that have not ended at an instant. */
  async idsAttendedFrom(userId: number, instant: Date): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(
      `SELECT event_id AS id FROM attendees
        WHERE tenant_id = $1 AND user_id = $2 AND span && tstzrange($3, NULL)`,
      [this.tenant.id, userId, instant],
    );
    return rows.map(({ id }) => id);
  }

  /** Prevents the removal of the user from those of the events that the user attends, until the transaction ends. */
  async lockAttendance(ids: readonly number[], userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `SELECT FROM attendees WHERE tenant_id = $1 AND user_id = $2 AND event_id = ANY ($3)
        ORDER BY event_id FOR KEY SHARE`,
      [this.tenant.id, userId, ids],
    );
  }
}

function outlinesOf({ events, attendees, overrides, answers }: OutlineRows): EventOutline[] {
  const [attendeesOf, overridesOf, answersTo] = [byEvent(attendees), byEvent(overrides), byEvent(answers)];
  return events.map((event) => ({
    ...outlinedTimes(event),
    overrides: overridesOf.get(event.id)?.map((override) => overrideFrom(override, event)) ?? [],
    attendees: (attendeesOf.get(event.id) ?? []).map(({ userId, status }) => ({
      userId,
      status,
      answers: answersTo.get(event.id)?.filter((answer) => answer.userId === userId) ?? [],
    })),
  }));
}

function outlinedTimes(event: OutlineRows['events'][number]) {
  const series = seriesFrom(event);
  return { ...series, ...eventTimesFrom(event, series) };
}
