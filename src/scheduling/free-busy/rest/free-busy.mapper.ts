import type { IntervalSet } from '../../../calendar/intervals/interval-set.js';
import { formatInstant } from '../../../http/values/instant.js';
import type { FreeBusyDto } from './free-busy.dto.js';

export function toFreeBusyDto([userId, busy]: readonly [number, IntervalSet]): FreeBusyDto {
  return {
    user_id: userId,
    busy: busy.map(({ start, end }) => ({ start: formatInstant(start), end: formatInstant(end) })),
  };
}
