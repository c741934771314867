import { SECOND } from '../../calendar/time/civil-time.js';
import { formatInstant } from '../../calendar/time/instant.js';
import type { NewEvent } from '../../events/model/commands.js';
import { toNewEvent, toWhen } from '../../events/rest/event-command.mapper.js';
import { EVENT_FIELDS } from '../../events/rest/event-fields.js';
import type { PageDto } from '../../http/page/page.dto.js';
import { decodePageToken } from '../../http/page/page-token.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import { DEFAULT_HOLD_SECONDS } from '../model/hold-limits.js';
import type { HoldRecord, NewHold } from '../model/hold-record.js';
import type { ConfirmHoldDto, CreateHoldDto, HoldDto } from './hold.dto.js';

/** The names in requests of the fields of `NewHold`, of an extension and of the event of a hold. */
export const HOLD_FIELDS: WireNames = {
  ...EVENT_FIELDS,
  expiresIn: 'expires_in',
  rooms: 'room_ids',
  users: 'user_ids',
};

/** @throws {DomainError} invalid, naming the field */
export function toNewHold(input: CreateHoldDto): NewHold {
  return {
    start: toWhen('start_date', input.start_date),
    ...(input.time_zone !== undefined && { timeZone: input.time_zone }),
    duration: input.duration,
    userIds: input.user_ids ?? [],
    roomIds: input.room_ids ?? [],
    expiresIn: input.expires_in ?? DEFAULT_HOLD_SECONDS,
  };
}

/**
 * The event of a hold, with the values of the hold for absent fields.
 * @throws {DomainError} invalid, naming the field
 */
export function toEventOfHold(input: ConfirmHoldDto, hold: HoldRecord): NewEvent {
  const hasEnd = input.end_date !== undefined || input.duration !== undefined;
  return toNewEvent({
    ...input,
    start_date: input.start_date ?? formatInstant(hold.startAt.getTime()),
    ...(!hasEnd && { duration: durationOf(hold) }),
    invited_user_ids: input.invited_user_ids ?? hold.userIds.filter((id) => id !== input.organizer_user_id),
    invited_room_ids: input.invited_room_ids ?? [...hold.roomIds],
  });
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toHoldPage({ limit, page_token: token }: PageDto) {
  const [after = 0] = decodePageToken(token, ['id']) ?? [];
  return { after, limit };
}

export function toHoldDto(hold: HoldRecord): HoldDto {
  return {
    id: hold.id,
    start_date: formatInstant(hold.startAt.getTime()),
    end_date: formatInstant(hold.endAt.getTime()),
    duration: durationOf(hold),
    user_ids: [...hold.userIds],
    room_ids: [...hold.roomIds],
    expires_at: hold.expiresAt.toISOString(),
    open: hold.isOpen,
    event_id: hold.eventId,
    created_at: hold.createdAt.toISOString(),
  };
}

function durationOf({ startAt, endAt }: HoldRecord): number {
  return (endAt.getTime() - startAt.getTime()) / SECOND;
}
