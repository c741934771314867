import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { refusePerson } from '../../access/key-access.js';
import { DomainError } from '../../errors/domain-error.js';
import { createOrReplace, ResourceGone } from '../../platform/put/create-or-replace.js';
import type { PutCondition, PutResult } from '../../platform/put/put-condition.js';
import { externalIdTaken } from '../../platform/values/external-id.js';
import { isSameMetadata, newMetadata } from '../../platform/values/metadata.js';
import { validAway, validOverrides } from '../../users/model/availability/valid-availability.js';
import { canonicalTimeZone, validWorkingHours } from '../../users/model/user-time.js';
import { UsersService } from '../../users/read/users.service.js';
import { type NewRoom, type RoomPatch, refuseRoomBeyondLimits } from '../model/room-commands.js';
import type { RoomRecord, RoomView } from '../model/room-record.js';
import { RoomsService } from '../read/rooms.service.js';
import { RoomWriter } from './room-writer.service.js';

/** Creates a room with an external id. */
type NewExternalRoom = NewRoom & { readonly externalId: string };

/** Creates and replaces rooms by the product's own ids of them. */
@Injectable()
export class ExternalRoomsService {
  constructor(
    private readonly rooms: RoomsService,
    private readonly users: UsersService,
    private readonly writer: RoomWriter,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * Creates the room, or makes the existing one as the command names it. A command that changes nothing writes nothing.
   * @throws {DomainError} forbidden `key_required`; precondition-failed; conflict `external_id_taken`, if a person has the
   * external id; as a creation or a change of a room
   */
  async put(command: NewExternalRoom, condition: PutCondition): Promise<PutResult<RoomView>> {
    refusePerson(this.currentActor.get());
    return createOrReplace(condition, {
      object: 'room',
      find: async () => this.roomOf(command.externalId),
      create: async () => this.writer.create(command),
      replace: async (room) => this.replace(room, command),
    });
  }

  private async roomOf(externalId: string): Promise<RoomRecord | null> {
    const room = await this.rooms.withExternalId(externalId);
    if (room === null && (await this.users.withExternalId(externalId)) !== null)
      throw externalIdTaken('room');
    return room;
  }

  /** @throws {ResourceGone} if another request has deleted the room since */
  private async replace(room: RoomRecord, command: NewExternalRoom): Promise<RoomView> {
    const patch = roomReplacement(room, command);
    try {
      if (Object.keys(patch).length === 0) return await this.rooms.view(room.userId);
      return await this.writer.update(room.userId, patch);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'room_not_found') throw new ResourceGone();
      throw error;
    }
  }
}

/**
 * The change that makes a room as the command that would create it: only the fields that differ. Absent fields get the
 * default of a new room.
 * @throws {DomainError} invalid, naming the field
 */
function roomReplacement(room: RoomRecord, command: NewRoom): RoomPatch {
  refuseRoomBeyondLimits(command);
  const { user } = room;
  const present: Required<Omit<RoomPatch, 'metadata' | 'externalId'>> = {
    name: user.name,
    kind: user.kind === 'equipment' ? 'equipment' : 'room',
    email: user.normalisedEmail === null ? null : user.email,
    capacity: room.capacity,
    features: room.features,
    place: { building: room.building, floor: room.floor },
    timeZone: user.timeZone,
    openingHours: user.workingHours,
    availabilityOverrides: user.availabilityOverrides,
    away: user.away,
    autoAccept: room.autoAccept,
  };
  const next: typeof present = {
    name: command.name,
    kind: command.kind ?? 'room',
    email: command.email ?? null,
    capacity: command.capacity ?? null,
    features: command.features ?? [],
    place: command.place ?? { building: null, floor: null },
    timeZone: canonicalTimeZone(command.timeZone ?? 'UTC'),
    openingHours: validWorkingHours(command.openingHours ?? null),
    availabilityOverrides: validOverrides(command.availabilityOverrides ?? []),
    away: validAway(command.away ?? []),
    autoAccept: command.autoAccept ?? true,
  };
  const fields = Object.keys(next) as (keyof typeof next)[];
  const changed = fields.filter((field) => !isDeepStrictEqual(next[field], present[field]));
  const metadata = newMetadata(command.metadata);
  const removed = Object.keys(user.metadata).map((key) => [key, null] as const);
  return {
    ...Object.fromEntries(changed.map((field) => [field, next[field]])),
    ...(!isSameMetadata(metadata, user.metadata) && {
      metadata: Object.fromEntries([...removed, ...Object.entries(metadata)]),
    }),
  };
}
