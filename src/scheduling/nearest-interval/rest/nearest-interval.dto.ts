import { ApiProperty } from '@nestjs/swagger';
import type { BlockingRule } from '../../../calendar/availability/availability.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { BLOCKING_RULES } from '../nearest-interval-limits.js';

@DocumentedAs('BlockingReason', 'Why there was nothing earlier, for one user and one rule.')
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

@DocumentedAs('Suggestion', 'One interval in which enough are free.')
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
    description:
      'Until when all of `user_ids` who attend stay free; null: nothing is known to end it before `to`.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-07T14:16:47Z',
  })
  free_until!: string | null;

  @ApiProperty({
    description: 'Who can attend from start to end, of `optional_user_ids` too.',
    type: 'integer',
    isArray: true,
    example: [1, 2],
  })
  attending!: number[];
}

/** The nearest interval in which all are free; where there is none, `start` and `end` are null. */
@DocumentedAs('NearestInterval', 'The nearest interval in which all are free; where there is none, why.')
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
    description:
      'Until when all of `user_ids` who attend stay free; null: nothing is known to end it before `to`.',
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
