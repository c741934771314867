import type { IntervalSet } from '../calendar/interval-set.js';
import { formatInstant } from '../common/instant.js';
import type { FreeBusyDto } from './dto/free-busy.dto.js';

export function toFreeBusyDto([userId, busy]: readonly [number, IntervalSet]): FreeBusyDto {
  return {
    user_id: userId,
    busy: busy.map(({ start, end }) => ({ start: formatInstant(start), end: formatInstant(end) })),
  };
}
