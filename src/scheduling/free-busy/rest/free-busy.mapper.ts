import { formatInstant } from '../../../calendar/time/instant.js';
import { windowOf } from '../../../http/window.dto.js';
import type { FreeBusy } from '../free-busy.service.js';
import type { FreeBusyQuery } from '../free-busy-query.js';
import type { FreeBusyDto, FreeBusyQueryDto } from './free-busy.dto.js';

/** @throws {DomainError} invalid, naming `to` */
export function toFreeBusyQuery(query: FreeBusyQueryDto): FreeBusyQuery {
  return {
    userIds: [...new Set(query.user_ids)],
    window: windowOf(query),
    pending: query.pending ?? 'busy',
  };
}

export function toFreeBusyDto({ userId, busy, intervals, code }: FreeBusy): FreeBusyDto {
  return {
    user_id: userId,
    busy: busy?.map(({ start, end }) => ({ start: formatInstant(start), end: formatInstant(end) })) ?? null,
    intervals:
      intervals?.map(({ start, end, kind }) => ({
        start: formatInstant(start),
        end: formatInstant(end),
        show_as: kind,
      })) ?? null,
    ...(code !== null && { code }),
  };
}
