import { ApiProperty } from '@nestjs/swagger';
import type { BlockingRule } from '../../../calendar/availability/availability.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { BLOCKING_RULES } from '../nearest-interval-limits.js';

@DocumentedAs('BlockingReason', 'A reason why there is no earlier interval: one user and one rule.')
export class BlockingReasonDto {
  @ApiProperty({ description: 'The user whom the rule keeps from attending.', type: 'integer', example: 1 })
  user_id!: number;

  @ApiProperty({
    description:
      'The rule that keeps the user from attending: `busy` by an event, `away`, `buffer` (too close to such time), `date_override` by the hours of a date in `availability_overrides`, `outside_working_hours` by those of the week, or `calendar_not_shared`. The response does not name the event.',
    enum: BLOCKING_RULES,
    example: 'busy',
  })
  rule!: BlockingRule;

  @ApiProperty({
    description:
      'Whether the user cannot attend at any time from `from` to the `start` that was found, or to `to` if there is none, even without the other users.',
    example: false,
  })
  unavailable_throughout!: boolean;
}

@DocumentedAs('Suggestion', 'An interval in which enough users are free.')
export class SuggestionDto {
  @ApiProperty({
    description: 'The start of the interval.',
    format: 'date-time',
    example: '2022-09-06T15:56:47Z',
  })
  start!: string;

  @ApiProperty({
    description: 'The end of the interval: `start` plus the duration.',
    format: 'date-time',
    example: '2022-09-06T16:56:47Z',
  })
  end!: string;

  @ApiProperty({
    description:
      'The instant until which all attending users of `user_ids` stay free; null: they stay free until `to`, or longer.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-07T14:16:47Z',
  })
  free_until!: string | null;

  @ApiProperty({
    description: 'The users of `user_ids` and `optional_user_ids` who can attend from start to end.',
    type: 'integer',
    isArray: true,
    example: [1, 2],
  })
  attending!: number[];
}

/** The nearest interval in which all are free; if there is none, `start` and `end` are null. */
@DocumentedAs(
  'NearestInterval',
  'The nearest interval in which all users are free, or the reasons why there is none.',
)
export class NearestIntervalDto {
  @ApiProperty({
    description: 'The start of the interval.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-06T15:56:47Z',
  })
  start!: string | null;

  @ApiProperty({
    description: 'The end of the interval: `start` plus the duration.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-06T16:56:47Z',
  })
  end!: string | null;

  @ApiProperty({
    description:
      'The instant until which all attending users of `user_ids` stay free; null: they stay free until `to`, or longer.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-07T14:16:47Z',
  })
  free_until!: string | null;

  @ApiProperty({ description: 'The nearest intervals, by time.', type: [SuggestionDto] })
  suggestions!: SuggestionDto[];

  @ApiProperty({
    description:
      'The reasons why there is no earlier interval; without any interval, the reasons in the whole window.',
    type: [BlockingReasonDto],
  })
  reasons!: BlockingReasonDto[];
}
