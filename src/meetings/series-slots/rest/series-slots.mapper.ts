import { formatInstant } from '../../../calendar/time/instant.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { toNamedRule } from '../../../events/rest/repeat/repeat-rule.js';
import { MAX_USERS } from '../../../scheduling/calendars/calendar-limits.js';
import { optionalIdsOf, toMeetingSearch } from '../../rest/meeting-search.mapper.js';
import type { SeriesSlots } from '../series-slots.service.js';
import type { SeriesSlotsQuery } from '../series-slots-query.js';
import type { FindSeriesSlotsDto } from './find-series-slots.dto.js';
import type { SeriesSlotsDto } from './series-slots.dto.js';

/**
 * @param now the default of `from`
 * @throws {DomainError} invalid, naming the field
 */
export function toSeriesSlotsQuery(input: FindSeriesSlotsDto, now: Date): SeriesSlotsQuery {
  const userIds = [...new Set(input.user_ids)];
  const roomIds = [...new Set(input.room_ids)];
  if (userIds.length + roomIds.length > MAX_USERS) {
    const message = `must name at most ${MAX_USERS} together with user_ids`;
    throw invalidInput({ field: 'room_ids', message });
  }
  if ((input.min_attending ?? 1) > userIds.length) {
    const message = `must be at most ${userIds.length}, the number of user_ids`;
    throw invalidInput({ field: 'min_attending', message });
  }
  return {
    ...toMeetingSearch(input, now),
    limit: input.limit ?? 1,
    userIds,
    roomIds,
    optionalIds: optionalIdsOf(input, [...userIds, ...roomIds]),
    timeZone: input.time_zone ?? null,
    repeat: ruleOf(input),
    minOccurrences: minOccurrencesOf(input),
    minAttending: input.min_attending ?? null,
  };
}

function ruleOf({ repeat }: FindSeriesSlotsDto): SeriesSlotsQuery['repeat'] {
  for (const dates of ['rdates', 'exdates'] as const) {
    if (repeat[dates] === undefined) continue;
    const message = 'must be absent, since the search chooses the time of day';
    throw invalidInput({ field: `repeat.${dates}`, message });
  }
  const rule = toNamedRule(repeat);
  if (rule === null) throw invalidInput({ field: 'repeat', message: 'must have frequency or rrule' });
  return rule;
}

function minOccurrencesOf({ min_occurrences: least = 1, repeat }: FindSeriesSlotsDto): number {
  const count = toNamedRule(repeat)?.rule.count ?? null;
  if (count !== null && least > count) {
    const message = `must be at most ${count}, the number of occurrences`;
    throw invalidInput({ field: 'min_occurrences', message });
  }
  return least;
}

export function toSeriesSlotsDto({ slots, timeZone }: SeriesSlots): SeriesSlotsDto {
  return {
    slots: slots.map(({ start, end, occurrences, misses }) => ({
      start_date: formatInstant(start),
      end_date: formatInstant(end),
      occurrences,
      misses: misses.map(({ originalStart, optional, reasons }) => ({
        original_start: formatInstant(originalStart),
        optional,
        reasons: reasons.map((reason) => ({
          user_id: reason.userId,
          rule: reason.rule,
          optional: reason.optional,
        })),
      })),
    })),
    time_zone: timeZone,
  };
}
