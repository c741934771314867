import { ApiProperty, OmitType } from '@nestjs/swagger';
import { DAY, SECOND } from '../../calendar/time/civil-time.js';
import { MAX_INVITED_ROOMS } from '../../events/model/event-limits.js';
import { MAX_EVENT_DAYS } from '../../events/model/schedule/schedule-change.js';
import { CreateEventDto } from '../../events/rest/dto/create-event.dto.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { DurationField } from '../../http/fields/duration-field.js';
import { IdListField } from '../../http/fields/id-list-field.js';
import { TimeZoneField } from '../../http/fields/time-zone-field.js';
import { WhenField } from '../../http/fields/when-field.js';
import { durationText } from '../../platform/values/duration.js';
import {
  DEFAULT_HOLD_SECONDS,
  MAX_EXTENDED_HOLD_SECONDS,
  MAX_HELD_USERS,
  MAX_HOLD_SECONDS,
} from '../model/hold-limits.js';

const INSTANT = { type: 'string', format: 'date-time' } as const;
const IDS = { type: 'array', items: { type: 'integer' } } as const;

@DocumentedAs('NewHold', 'Time to hold.')
export class CreateHoldDto {
  @WhenField({
    description: 'The start, not in the past: an RFC 3339 instant, or a civil time in `time_zone`.',
    example: '2126-09-10T12:00:00Z',
  })
  start_date!: string;

  @DurationField({
    description: `The length of the held time: \`1h\`, \`90m\`, \`PT1H30M\` or whole seconds, at most ${MAX_EVENT_DAYS} days.`,
    example: '1h',
    min: 1,
    max: (MAX_EVENT_DAYS * DAY) / SECOND,
  })
  duration!: number;

  @TimeZoneField({
    description:
      'The IANA time zone of a civil `start_date`. Without it: that of the first of `user_ids`, or else of `room_ids`.',
    optional: true,
  })
  time_zone?: string;

  @IdListField({
    description: 'The ids of the persons whose time to hold. The hold has at least one person or room.',
    example: [1, 2],
    max: MAX_HELD_USERS,
    optional: true,
  })
  user_ids?: number[];

  @IdListField({
    description: 'The ids of the rooms whose time to hold.',
    example: [5],
    max: MAX_INVITED_ROOMS,
    optional: true,
  })
  room_ids?: number[];

  @DurationField({
    description: `How long the hold lasts: from 1 second to ${durationText(MAX_HOLD_SECONDS)}.`,
    example: '10m',
    min: 1,
    max: MAX_HOLD_SECONDS,
    optional: true,
    default: DEFAULT_HOLD_SECONDS,
  })
  expires_in?: number;
}

@DocumentedAs('HoldExtension', 'The time for which a hold lasts from now.')
export class ExtendHoldDto {
  @DurationField({
    description: `How long the hold lasts from now: from 1 second to ${durationText(MAX_HOLD_SECONDS)}, and at most until ${durationText(MAX_EXTENDED_HOLD_SECONDS)} after its creation. A hold that lasts longer stays as it is.`,
    example: '10m',
    min: 1,
    max: MAX_HOLD_SECONDS,
    optional: true,
    default: DEFAULT_HOLD_SECONDS,
  })
  expires_in?: number;
}

@DocumentedAs(
  'HoldConfirmation',
  'The event of a hold. `start_date`, `end_date` or `duration`, `invited_user_ids` and `invited_room_ids` are those of the hold if they are absent; other values are an error.',
)
export class ConfirmHoldDto extends OmitType(CreateEventDto, ['start_date']) {
  @WhenField({
    description: 'The start of the hold. Absent: the same.',
    example: '2126-09-10T12:00:00Z',
    optional: true,
  })
  start_date?: string;
}

@DocumentedAs('Hold', 'Time of users and rooms that no other caller can book before the hold expires.')
export class HoldDto {
  @ApiProperty({ description: 'The id of the hold.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The start of the held time.', ...INSTANT, example: '2126-09-10T12:00:00Z' })
  start_date!: string;

  @ApiProperty({
    description: 'The end of the held time, exclusive.',
    ...INSTANT,
    example: '2126-09-10T13:00:00Z',
  })
  end_date!: string;

  @ApiProperty({ description: 'The length of the held time in seconds.', type: 'integer', example: 3600 })
  duration!: number;

  @ApiProperty({ description: 'The persons whose time is held.', ...IDS, example: [1, 2] })
  user_ids!: number[];

  @ApiProperty({ description: 'The rooms whose time is held.', ...IDS, example: [5] })
  room_ids!: number[];

  @ApiProperty({
    description: 'When the hold ends, by the clock of the database.',
    ...INSTANT,
    example: '2022-09-06T14:26:47.878Z',
  })
  expires_at!: string;

  @ApiProperty({
    description: 'Whether the hold takes time: nobody has confirmed it, and it has not expired.',
    example: true,
  })
  open!: boolean;

  @ApiProperty({
    description: 'The event that confirmed the hold; null: the hold is not confirmed.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  event_id!: number | null;

  @ApiProperty({ description: 'The time of the creation.', ...INSTANT, example: '2022-09-06T14:16:47.878Z' })
  created_at!: string;
}
