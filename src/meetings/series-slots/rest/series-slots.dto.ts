import { ApiProperty } from '@nestjs/swagger';
import type { BlockingRule } from '../../../calendar/availability/availability.js';
import { BLOCKING_RULES } from '../../../calendar/availability/availability.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';

@DocumentedAs('MissReason', 'A reason why an occurrence does not suit: one user and one rule.')
export class MissReasonDto {
  @ApiProperty({
    description: 'The user, or the room, whom the rule keeps from attending.',
    type: 'integer',
    example: 1,
  })
  user_id!: number;

  @ApiProperty({
    description: 'The rule that keeps the user from attending. The response does not name the event.',
    enum: BLOCKING_RULES,
    example: 'busy',
  })
  rule!: BlockingRule;

  @ApiProperty({
    description: 'Whether the user is one of `optional_user_ids`.',
    example: false,
  })
  optional!: boolean;
}

@DocumentedAs('Miss', 'An occurrence of a slot that does not suit somebody.')
export class MissDto {
  @ApiProperty({
    description: 'The start of the occurrence.',
    format: 'date-time',
    example: '2022-09-20T09:00:00Z',
  })
  original_start!: string;

  @ApiProperty({
    description:
      'True: only users of `optional_user_ids` cannot attend, so the occurrence is one of those that `occurrences` counts.',
    example: false,
  })
  optional!: boolean;

  @ApiProperty({
    description: 'The reasons, by user; those of `optional_user_ids` come last.',
    type: [MissReasonDto],
  })
  reasons!: MissReasonDto[];
}

@DocumentedAs('SeriesSlot', 'A time for a whole series.')
export class SeriesSlotDto {
  @ApiProperty({
    description: 'The start of the first occurrence.',
    format: 'date-time',
    example: '2022-09-06T09:00:00Z',
  })
  start_date!: string;

  @ApiProperty({
    description: 'The end of the first occurrence.',
    format: 'date-time',
    example: '2022-09-06T10:00:00Z',
  })
  end_date!: string;

  @ApiProperty({
    description: 'The number of occurrences in which the meeting is possible.',
    type: 'integer',
    example: 11,
  })
  occurrences!: number;

  @ApiProperty({
    description:
      'By time: all other occurrences of the series, and those that users of `optional_user_ids` cannot attend.',
    type: [MissDto],
  })
  misses!: MissDto[];
}

@DocumentedAs('SeriesSlots', 'The best times for a series.')
export class SeriesSlotsDto {
  @ApiProperty({
    description: 'The slots, best first: most occurrences, then earliest.',
    type: [SeriesSlotDto],
  })
  slots!: SeriesSlotDto[];

  @ApiProperty({
    description: 'The IANA time zone in which all occurrences of a slot have the same time of day.',
    example: 'Europe/Moscow',
  })
  time_zone!: string;
}
