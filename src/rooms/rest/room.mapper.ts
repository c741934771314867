import type { Interval } from '../../calendar/intervals/interval.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { parseInstant } from '../../calendar/time/instant.js';
import { isoWeekdays } from '../../calendar/weekday.js';
import { invalidInput } from '../../errors/domain-error.js';
import { decodePageToken } from '../../http/page/page-token.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import { durationText } from '../../platform/values/duration.js';
import {
  toAvailabilityOverrideDtos,
  toAvailabilityPatch,
  toAwayDtos,
} from '../../users/rest/availability.mapper.js';
import type { NewRoom, RoomPatch } from '../model/room-commands.js';
import { MAX_FREE_ROOM_WINDOW } from '../model/room-limits.js';
import type { RoomView } from '../model/room-record.js';
import type { RoomQuery } from '../read/rooms.service.js';
import type { CreateRoomDto, UpdateRoomDto } from './create-room.dto.js';
import type { FindRoomsDto } from './find-rooms.dto.js';
import type { RoomDto } from './room.dto.js';

/** The names in requests of the fields of `NewRoom` and `RoomPatch`. */
export const ROOM_FIELDS: WireNames = {
  timeZone: 'time_zone',
  openingHours: 'opening_hours',
  workingHours: 'opening_hours',
  availabilityOverrides: 'availability_overrides',
  autoAccept: 'auto_accept',
  externalId: 'external_id',
};

export function toNewRoom(input: CreateRoomDto): NewRoom {
  return { ...toRoomPatch(input), name: input.name };
}

export function toRoomPatch(input: UpdateRoomDto): RoomPatch {
  const { opening_hours: hours, place } = input;
  return {
    name: input.name,
    kind: input.kind,
    email: input.email,
    capacity: input.capacity,
    features: input.features,
    place:
      place === undefined ? undefined : { building: place?.building ?? null, floor: place?.floor ?? null },
    timeZone: input.time_zone,
    openingHours:
      hours?.map(({ days_of_week, from, to }) => ({ daysOfWeek: isoWeekdays(days_of_week), from, to })) ??
      (hours === null ? null : undefined),
    ...toAvailabilityPatch(input),
    autoAccept: input.auto_accept,
    externalId: input.external_id,
    metadata: input.metadata,
  };
}

/** @throws {DomainError} invalid, naming `page_token`, `free_from` or `free_to` */
export function toRoomQuery(input: FindRoomsDto): RoomQuery {
  const [after = 0] = decodePageToken(input.page_token, ['id']) ?? [];
  return {
    ...(input.capacity !== undefined && { capacity: input.capacity }),
    features: input.features ?? [],
    free: freeWindowOf(input),
    after,
    limit: input.limit,
  };
}

function freeWindowOf({ free_from: from, free_to: to }: FindRoomsDto): Interval | null {
  if (from === undefined && to === undefined) return null;
  if (from === undefined) throw invalidInput({ field: 'free_from', message: 'is required with free_to' });
  if (to === undefined) throw invalidInput({ field: 'free_to', message: 'is required with free_from' });
  const [start, end] = [parseInstant(from) as number, parseInstant(to) as number];
  if (end <= start) throw invalidInput({ field: 'free_to', message: 'must be after free_from' });
  if (end - start > MAX_FREE_ROOM_WINDOW) {
    const message = `must be at most ${durationText(MAX_FREE_ROOM_WINDOW / SECOND)} after free_from`;
    throw invalidInput({ field: 'free_to', message });
  }
  return { start, end };
}

export function toRoomDto({ room, seesProductData, seesAway }: RoomView): RoomDto {
  const { user } = room;
  return {
    id: user.id,
    name: user.name,
    kind: user.kind === 'equipment' ? 'equipment' : 'room',
    email: user.email,
    capacity: room.capacity,
    features: [...room.features],
    place: { building: room.building, floor: room.floor },
    time_zone: user.timeZone,
    opening_hours:
      user.workingHours?.map(({ daysOfWeek, from, to }) => ({ days_of_week: [...daysOfWeek], from, to })) ??
      null,
    availability_overrides: toAvailabilityOverrideDtos(user.availabilityOverrides),
    ...(seesAway && { away: toAwayDtos(user.away, seesProductData) }),
    auto_accept: room.autoAccept,
    ...(seesProductData && { external_id: user.externalId, metadata: { ...user.metadata } }),
    created_at: user.createdAt.toISOString(),
    updated_at: user.updatedAt.toISOString(),
  };
}
