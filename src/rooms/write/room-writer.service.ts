import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { refusePerson } from '../../access/key-access.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { mergedMetadata, metadataWithin, newMetadata } from '../../platform/values/metadata.js';
import { validAway, validOverrides } from '../../users/model/availability/valid-availability.js';
import { type ResourceValues } from '../../users/model/resources/resource-commands.js';
import { canonicalTimeZone, validWorkingHours } from '../../users/model/user-time.js';
import { UsersService } from '../../users/read/users.service.js';
import { ResourceAccountsService } from '../../users/write/resources/resource-accounts.service.js';
import { type NewRoom, type RoomPatch, refuseRoomBeyondLimits } from '../model/room-commands.js';
import type { RoomView } from '../model/room-record.js';
import { RoomsService } from '../read/rooms.service.js';
import { type RoomColumns, RoomsRepository } from '../store/rooms.repository.js';

/** Creates and changes rooms, for API keys and for requests without a token. */
@Injectable()
export class RoomWriter {
  constructor(
    private readonly repository: RoomsRepository,
    private readonly rooms: RoomsService,
    private readonly users: UsersService,
    private readonly accounts: ResourceAccountsService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @throws {DomainError} invalid; forbidden `key_required`; conflict `email_taken`, `external_id_taken`
   */
  async create(room: NewRoom): Promise<RoomView> {
    refusePerson(this.currentActor.get());
    refuseRoomBeyondLimits(room);
    const { kind = 'room', name } = room;
    const values = { ...valuesOf(room), metadata: metadataWithin(newMetadata(room.metadata)) };
    return this.unitOfWork.run(async () => {
      const id = await this.accounts.create(kind, name, values);
      await this.repository.add(id, columnsOf(room));
      return this.rooms.view(id);
    });
  }

  /**
   * Changes a room. Events that the room attends stay as they are.
   * @throws {DomainError} invalid; forbidden `key_required`; not-found `room_not_found`; conflict `email_taken`,
   * `external_id_taken`
   */
  async update(id: number, patch: RoomPatch): Promise<RoomView> {
    refusePerson(this.currentActor.get());
    refuseRoomBeyondLimits(patch);
    const values = valuesOf(patch);
    return this.unitOfWork.run(async () => {
      await this.users.lock(id);
      const { user } = await this.rooms.get(id);
      const metadata =
        patch.metadata === undefined
          ? {}
          : { metadata: metadataWithin(mergedMetadata(user.metadata, patch.metadata)) };
      await this.accounts.change(id, { ...values, ...metadata });
      await this.repository.change(id, columnsOf(patch));
      return this.rooms.view(id);
    });
  }
}

/** The values that are columns of the user, without the metadata. */
function valuesOf(patch: RoomPatch): ResourceValues {
  const { name, kind, email, timeZone, openingHours, availabilityOverrides, away, externalId } = patch;
  return {
    ...(name !== undefined && { name }),
    ...(kind !== undefined && { kind }),
    ...(email !== undefined && { email }),
    ...(timeZone !== undefined && { timeZone: canonicalTimeZone(timeZone) }),
    ...(openingHours !== undefined && { workingHours: validWorkingHours(openingHours) }),
    ...(availabilityOverrides !== undefined && {
      availabilityOverrides: validOverrides(availabilityOverrides),
    }),
    ...(away !== undefined && { away: validAway(away) }),
    ...(externalId !== undefined && { externalId }),
  };
}

function columnsOf({ capacity, features, place, autoAccept }: RoomPatch): RoomColumns {
  return {
    ...(capacity !== undefined && { capacity }),
    ...(features !== undefined && { features }),
    ...place,
    ...(autoAccept !== undefined && { autoAccept }),
  };
}
