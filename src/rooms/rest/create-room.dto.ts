import { PartialType } from '@nestjs/swagger';
import { MAX_USER_NAME_LENGTH } from '../../auth/model/user-limits.js';
import { MAX_AWAY } from '../../calendar/availability/hours/away.js';
import { MAX_DATE_HOURS } from '../../calendar/availability/hours/date-hours.js';
import { MAX_SHIFTS } from '../../calendar/availability/working-hours.js';
import { ChangesBody } from '../../http/body/changes-body.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField, FlagField } from '../../http/fields/choice-field.js';
import { EmailField } from '../../http/fields/email-field.js';
import { IntegerField } from '../../http/fields/integer-field.js';
import { NestedField, NestedListField } from '../../http/fields/nested-field.js';
import { ExternalIdField, MetadataField } from '../../http/fields/product/product-data-fields.js';
import { TextField } from '../../http/fields/text-field.js';
import { TimeZoneField } from '../../http/fields/time-zone-field.js';
import type { MetadataPatch } from '../../platform/values/metadata.js';
import { RESOURCE_KINDS, type ResourceKind } from '../../users/model/user-record.js';
import { AvailabilityOverrideDto, NewAwayDto } from '../../users/rest/availability.dto.js';
import { WorkingHoursDto } from '../../users/rest/working-hours.dto.js';
import { MAX_ROOM_CAPACITY } from '../model/room-limits.js';
import { FeaturesField } from './feature-fields.js';
import { RoomPlaceDto } from './room-place.dto.js';

@DocumentedAs('NewRoom', 'A new room, or a new piece of equipment.')
export class CreateRoomDto {
  @TextField({ description: 'The name of the room.', example: 'Lovelace', max: MAX_USER_NAME_LENGTH })
  name!: string;

  @ChoiceField(RESOURCE_KINDS, {
    description: 'Whether this is a room or a piece of equipment. The default is `room`.',
    example: 'room',
    optional: true,
  })
  kind?: ResourceKind;

  @EmailField({
    description:
      'The address of the room, unique among the users of the tenant. Null, and the default: `room-{id}@resource.invalid`.',
    example: 'lovelace@example.com',
    optional: true,
    nullable: true,
  })
  email?: string | null;

  @IntegerField({
    description: 'The number of persons that fit in. Null, and the default: no limit is known.',
    example: 8,
    min: 1,
    max: MAX_ROOM_CAPACITY,
    optional: true,
    nullable: true,
  })
  capacity?: number | null;

  @FeaturesField({
    description: 'The features of the room, each once. The search compares them as they stand.',
    example: ['video'],
    optional: true,
  })
  features?: string[];

  @NestedField(() => RoomPlaceDto, {
    description: 'Where the room is. A change replaces the whole place. Null: nowhere.',
    optional: true,
    nullable: true,
  })
  place?: RoomPlaceDto | null;

  @TimeZoneField({
    description: "The room's IANA time zone. The default for a new room is UTC.",
    optional: true,
  })
  time_zone?: string;

  @NestedListField(() => WorkingHoursDto, {
    description:
      "The opening hours of the room, in the room's time zone; null: any time. The service refuses to book a room outside of them.",
    optional: true,
    nullable: true,
    max: MAX_SHIFTS,
  })
  opening_hours?: WorkingHoursDto[] | null;

  @NestedListField(() => AvailabilityOverrideDto, {
    description:
      'The dates with other hours than `opening_hours`, in the time zone of the room. A change replaces the whole list. The service refuses to book a room outside of them. The default for a new room is an empty list.',
    optional: true,
    max: MAX_DATE_HOURS,
  })
  availability_overrides?: AvailabilityOverrideDto[];

  @NestedListField(() => NewAwayDto, {
    description:
      'The times in which the room is closed, in the time zone of the room. A change replaces the whole list. Such time is busy time, so the service refuses to book it. It comes before the hours of dates, and those before `opening_hours`. The default for a new room is an empty list.',
    optional: true,
    max: MAX_AWAY,
  })
  away?: NewAwayDto[];

  @FlagField({
    description:
      'Whether the room accepts an invitation by itself. With false, the invitation takes the time of the room, and stays `needs_action` until an API key, or a writer of the calendar of the room, answers it. The default for a new room is true.',
    example: true,
    optional: true,
  })
  auto_accept?: boolean;

  @ExternalIdField('room')
  external_id?: string | null;

  @MetadataField('room')
  metadata?: MetadataPatch;
}

@ChangesBody()
@DocumentedAs('RoomPatch', 'The fields of a room to change. Absent fields keep their values.')
export class UpdateRoomDto extends PartialType(CreateRoomDto, { skipNullProperties: false }) {}
