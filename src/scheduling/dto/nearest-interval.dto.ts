import { ApiProperty } from '@nestjs/swagger';
import type { BlockingRule } from '../../calendar/availability.js';
import type { PendingPolicy } from '../../calendar/free-busy.js';
import { ChoiceField, QueryFlagField } from '../../common/fields/choice-field.js';
import { QueryDurationField } from '../../common/fields/duration-field.js';
import { QueryIdListField } from '../../common/fields/id-list-field.js';
import { QueryInstantField } from '../../common/fields/instant-field.js';
import { BLOCKING_RULES, MAX_DURATION, MAX_USERS, PENDING_POLICIES } from '../scheduling-limits.js';

export class NearestIntervalQueryDto {
  @QueryDurationField({
    description:
      'How long the interval must be: `1h`, `90m`, `1h30m`, `45s`, `PT1H30M`, or whole seconds; at most a year.',
    example: '1h',
    min: 1,
    max: MAX_DURATION,
  })
  duration!: number;

  @QueryIdListField({
    description: 'Who must be free, by repeating the parameter.',
    example: [1, 2],
    min: 1,
    max: MAX_USERS,
  })
  user_ids!: number[];

  @QueryInstantField({
    description: 'Where the search begins; by default now.',
    example: '2022-09-06T09:00:00Z',
    optional: true,
  })
  from?: string;

  @QueryInstantField({
    description:
      'Where the interval must end at the latest; by default a year after `from`, and at most 400 days after it.',
    example: '2022-10-06T09:00:00Z',
    optional: true,
  })
  to?: string;

  @QueryFlagField({
    description: "Whether each user's working hours count; a user without any is always available.",
    example: true,
    optional: true,
    default: true,
  })
  working_hours?: boolean;

  @ChoiceField(PENDING_POLICIES, {
    description: 'Whether an unanswered or tentative invite blocks.',
    example: 'busy',
    optional: true,
    default: 'busy',
  })
  pending?: PendingPolicy;
}

export class BlockingReasonDto {
  @ApiProperty({ description: 'Whom it concerns.', type: 'integer', example: 1 })
  user_id!: number;

  @ApiProperty({
    description: 'The rule that keeps the user from attending; never which event.',
    enum: BLOCKING_RULES,
    example: 'busy',
  })
  rule!: BlockingRule;

  @ApiProperty({
    description: 'Whether the user alone could attend at no time that was searched.',
    example: false,
  })
  unavailable_throughout!: boolean;
}

export class SuggestionDto {
  @ApiProperty({ description: 'Where it begins.', format: 'date-time', example: '2022-09-06T15:56:47Z' })
  start!: string;

  @ApiProperty({
    description: 'Where it ends: `start` and the duration.',
    format: 'date-time',
    example: '2022-09-06T16:56:47Z',
  })
  end!: string;

  @ApiProperty({
    description: 'Until when all stay free; null: nothing is known to end it before `to`.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-07T14:16:47Z',
  })
  free_until!: string | null;

  @ApiProperty({ description: 'Who can attend.', type: [Number], example: [1, 2] })
  attending!: number[];
}

/** The nearest interval in which all are free; where there is none, `start` and `end` are null. */
export class NearestIntervalDto {
  @ApiProperty({
    description: 'Where it begins.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-06T15:56:47Z',
  })
  start!: string | null;

  @ApiProperty({
    description: 'Where it ends: `start` and the duration.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-06T16:56:47Z',
  })
  end!: string | null;

  @ApiProperty({
    description: 'Until when all stay free; null: nothing is known to end it before `to`.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-07T14:16:47Z',
  })
  free_until!: string | null;

  @ApiProperty({ description: 'The nearest intervals, by time.', type: [SuggestionDto] })
  suggestions!: SuggestionDto[];

  @ApiProperty({
    description: 'What blocked before the nearest interval, or in the whole window where there is none.',
    type: [BlockingReasonDto],
  })
  reasons!: BlockingReasonDto[];
}
