import { ApiProperty } from '@nestjs/swagger';
import { BLOCKING_RULES, type BlockingRule } from '../../../calendar/availability/availability.js';
import type { RelaxableRule } from '../../../calendar/availability/search/relaxable-rules.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { RELAXABLE_RULES } from '../nearest-interval-limits.js';

@DocumentedAs('BlockingReason', 'A reason why there is no earlier interval: one user and one rule.')
export class BlockingReasonDto {
  @ApiProperty({ description: 'The user whom the rule keeps from attending.', type: 'integer', example: 1 })
  user_id!: number;

  @ApiProperty({
    description:
      'The rule that keeps the user from attending: `busy` by an event, `away`, `hold` by an open hold, `buffer` (too close to such time), `date_override` by the hours of a date in `availability_overrides`, `outside_working_hours` by those of the week, or `calendar_not_shared`. The response does not name the event.',
    enum: BLOCKING_RULES,
    example: 'busy',
  })
  rule!: BlockingRule;

  @ApiProperty({
    description:
      'When the rule next stops blocking the user: the end of the first time after `from` that it blocks. Null: not before `to`.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    example: '2022-09-06T15:56:47Z',
  })
  until!: string | null;

  @ApiProperty({
    description:
      'Whether the user is one of `optional_user_ids`. Such a reason prevents no interval; it explains why this user could not attend an earlier one.',
    example: false,
  })
  optional!: boolean;

  @ApiProperty({
    description:
      'Whether the user can attend at no start from `from` up to the earliest interval that was found, that one included, or up to `to` if there is none, even without the other users. So it is false for each user who can attend that interval.',
    example: false,
  })
  unavailable_throughout!: boolean;
}

@DocumentedAs('Relaxation', 'A meeting that becomes possible if one rule of one user is dropped.')
export class RelaxationDto {
  @ApiProperty({ description: 'The user whose rule is dropped.', type: 'integer', example: 1 })
  user_id!: number;

  @ApiProperty({
    description:
      'The rule that is dropped, for this user alone. `busy`: all busy time of the user, with its buffers. `pending`: the time that `pending=free` does not count. `away`: all time in which the user is away, with its buffers. `hold`: all held time of the user, with its buffers. `buffer`: the buffers around such time. `date_override`: the hours of dates, so that those of the week apply. `outside_working_hours`: the working hours of the week, or the opening hours of a room. `calendar_not_shared`: the time in calendars that the caller may not see.',
    enum: RELAXABLE_RULES,
    example: 'outside_working_hours',
  })
  rule!: RelaxableRule;

  @ApiProperty({
    description: 'The earliest start without the rule.',
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

/** The first suggestion; if there is none, `start` and `end` are null. */
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

  @ApiProperty({
    description: 'The intervals in the order that `prefer` names, by default by time.',
    type: [SuggestionDto],
  })
  suggestions!: SuggestionDto[];

  @ApiProperty({
    description:
      'Why the users can meet at no earlier time than the earliest possible one, also if `prefer` puts another time first. If they can meet at no time, the reasons are those of the whole window. Each reason names one user and one rule.',
    type: [BlockingReasonDto],
  })
  reasons!: BlockingReasonDto[];

  @ApiProperty({
    description:
      'With `explain=true`: what each single rule of each single user of `user_ids` prevents, by `start`. A rule is listed only if the meeting is possible without it before the earliest interval, or at all if there is none. If the caller may not see all calendars of a user, `calendar_not_shared` is the only rule listed for that user.',
    type: [RelaxationDto],
    required: false,
  })
  relaxations?: RelaxationDto[];
}
