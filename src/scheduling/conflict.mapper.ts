import { formatInstant } from '../common/instant.js';
import type { Conflict } from './conflicts.service.js';
import type { ConflictDto } from './dto/conflict.dto.js';

export function toConflictDto({ userId, start, end }: Conflict): ConflictDto {
  return { user_id: userId, start: formatInstant(start), end: formatInstant(end) };
}
