import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { RelaxationDto } from '../../../scheduling/nearest-interval/rest/nearest-interval.dto.js';

@DocumentedAs('GroupSuggestion', 'A time at which enough members of each group are free.')
export class GroupSuggestionDto {
  @ApiProperty({
    description: 'The start of the meeting.',
    format: 'date-time',
    example: '2022-09-08T09:00:00Z',
  })
  start!: string;

  @ApiProperty({
    description: 'The end of the meeting: `start` plus the duration.',
    format: 'date-time',
    example: '2022-09-08T10:00:00Z',
  })
  end!: string;

  @ApiProperty({
    description:
      'The ids of the members of each group whom a booking would choose now, in the order of the groups.',
    type: 'array',
    items: { type: 'array', items: { type: 'integer' } },
    example: [[1], [2]],
  })
  assignment!: number[][];

  @ApiProperty({
    description: 'If the request has `optional_user_ids`: those of them who can attend from start to end.',
    type: 'integer',
    isArray: true,
    required: false,
    example: [3],
  })
  optional_attending?: number[];
}

@DocumentedAs('GroupTimes', 'The nearest times for the groups.')
export class GroupTimesDto {
  @ApiProperty({
    description:
      'The times in the order that `prefer` names, by default by time; none if no time of the window suits.',
    type: [GroupSuggestionDto],
  })
  suggestions!: GroupSuggestionDto[];

  @ApiProperty({
    description:
      'With `explain: true`: what each single rule of each single user of `user_ids` of the groups prevents, by `start`. A rule is listed only if the meeting is possible without it before the earliest time, or at all if there is none. If the caller may not see all calendars of a user, `calendar_not_shared` is the only rule listed for that user.',
    type: [RelaxationDto],
    required: false,
  })
  relaxations?: RelaxationDto[];

  @ApiProperty({
    description:
      'With `starts: all`: the first start that the search has not considered; null if there is none. A request with this instant as `from` continues the list.',
    type: 'string',
    format: 'date-time',
    nullable: true,
    required: false,
    example: '2022-09-08T11:15:00Z',
  })
  next_start?: string | null;
}
