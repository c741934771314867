import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ApiExternalId, ApiMetadata } from '../../http/document/product-data.js';
import type { Metadata } from '../../platform/values/metadata.js';
import { RESOURCE_KINDS, type ResourceKind } from '../../users/model/user-record.js';
import { AvailabilityOverrideDto, AwayDto } from '../../users/rest/availability.dto.js';
import { WorkingHoursDto } from '../../users/rest/working-hours.dto.js';

@DocumentedAs('PlaceOfRoom', 'Where a room is.')
export class PlaceOfRoomDto {
  @ApiProperty({ description: 'The building.', type: 'string', nullable: true, example: 'Headquarters' })
  building!: string | null;

  @ApiProperty({ description: 'The floor.', type: 'string', nullable: true, example: '2' })
  floor!: string | null;
}

@DocumentedAs('Room', 'A room, or a piece of equipment.')
export class RoomDto {
  @ApiProperty({ description: 'The id of the room, which is an id of a user.', type: 'integer', example: 5 })
  id!: number;

  @ApiProperty({ description: 'The name of the room.', example: 'Lovelace' })
  name!: string;

  @ApiProperty({
    description: 'Whether this is a room or a piece of equipment.',
    enum: RESOURCE_KINDS,
    example: 'room',
  })
  kind!: ResourceKind;

  @ApiProperty({
    description: 'The address of the room. The domain `resource.invalid` belongs to no one.',
    format: 'email',
    example: 'room-5@resource.invalid',
  })
  email!: string;

  @ApiProperty({
    description: 'The number of persons that fit in; null: no limit is known.',
    type: 'integer',
    nullable: true,
    example: 8,
  })
  capacity!: number | null;

  @ApiProperty({ description: 'The features of the room.', type: [String], example: ['video'] })
  features!: string[];

  @ApiProperty({ description: 'Where the room is.', type: PlaceOfRoomDto })
  place!: PlaceOfRoomDto;

  @ApiProperty({ description: "The room's IANA time zone.", example: 'Europe/Moscow' })
  time_zone!: string;

  @ApiProperty({
    description: 'The opening hours of the room; null: any time.',
    type: [WorkingHoursDto],
    nullable: true,
  })
  opening_hours!: WorkingHoursDto[] | null;

  @ApiProperty({
    description: 'The dates with other hours than `opening_hours`, by date.',
    type: [AvailabilityOverrideDto],
  })
  availability_overrides!: AvailabilityOverrideDto[];

  @ApiProperty({
    description:
      'The times in which the room is closed, which are busy time. Absent if all calendars of the room that count as busy are hidden from the caller, so that free/busy is null. Persons see no `reason`.',
    type: [AwayDto],
    required: false,
  })
  away?: AwayDto[];

  @ApiProperty({ description: 'Whether the room accepts an invitation by itself.', example: true })
  auto_accept!: boolean;

  @ApiExternalId('room', 'an API key, or a request without a token')
  external_id?: string | null;

  @ApiMetadata('room', 'an API key, or a request without a token')
  metadata?: Metadata;

  @ApiProperty({
    description: 'The time of the creation.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'The time of the last change.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  updated_at!: string;
}
