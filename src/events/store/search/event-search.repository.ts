import { Injectable } from '@nestjs/common';
import { DAY, parseCivilTime } from '../../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import type { EventSearch } from '../../model/search/event-search.js';
import {
  ATTENDEE_COUNT,
  type EventRows,
  eventRecordsOf,
  IS_OF_LISTED,
  selectEventRows,
} from '../event-rows.js';
import { Parameters, type Searcher, searchConditions } from './search-conditions.js';

/** When the first occurrence starts. An index has it. */
const FIRST_START = 'first_start(e.span, e.rrule, e.rdates)';

/** Finds events by their contents. */
@Injectable()
export class EventSearchRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The first `limit` events that match after the key `search.after`, by the start of their first occurrence, then id. */
  async find(search: EventSearch, searcher: Searcher): Promise<PartialEventRecord[]> {
    const parameters = new Parameters();
    parameters.add(this.tenant.id);
    const conditions = searchConditions(search, searcher, parameters);
    const [start, id] = search.after ?? [];
    if (start !== undefined)
      conditions.push(`(${FIRST_START}, e.id) > (${parameters.add(new Date(start))}, ${parameters.add(id)})`);
    const text = selectEventRows({
      events: `
    SELECT e.* FROM events e WHERE e.tenant_id = $1 AND ${conditions.join('\n       AND ')}
     ORDER BY ${FIRST_START}, e.id LIMIT ${parameters.add(search.limit)}`,
      attendees:
        search.maxAttendees === null
          ? `SELECT * FROM attendees WHERE ${IS_OF_LISTED}`
          : someAttendees(search.maxAttendees, searcher, parameters),
      overrides: `SELECT * FROM occurrence_overrides WHERE ${IS_OF_LISTED}`,
      answers: 'SELECT * FROM occurrence_answers WHERE false AND tenant_id = $1',
      guestAnswers: null,
      ...(search.maxAttendees !== null && { attendeeCount: ATTENDEE_COUNT }),
    });
    const [rows]: [EventRows] = await this.unitOfWork.manager.query(text, parameters.values);
    return eventRecordsOf(rows).toSorted((a, b) => firstStartOf(a) - firstStartOf(b) || a.id - b.id);
  }
}

/** As many attendees as are shown, with the searcher and the organizer among them. */
function someAttendees(max: number, searcher: Searcher, parameters: Parameters): string {
  const viewer = parameters.add(searcher.kind === 'user' ? searcher.userId : null);
  return `
    SELECT a.* FROM listed CROSS JOIN LATERAL (
      SELECT * FROM attendees WHERE tenant_id = $1 AND event_id = listed.id
       ORDER BY user_id IS NOT DISTINCT FROM ${viewer}::integer DESC, invite_id NULLS FIRST
       LIMIT ${parameters.add(max)} + 2) AS a`;
}

/**
 * The instant at which the first occurrence of an event starts, moved ones included, as the function `first_start` of the
 * database computes it: the span of a series and of floating days begins a day earlier. Floating days begin in UTC.
 */
export function firstStartOf(event: PartialEventRecord): number {
  if (event.floating && !repeats(event)) return parseCivilTime(event.start);
  return event.startAt.getTime() + (repeats(event) ? DAY : 0);
}
