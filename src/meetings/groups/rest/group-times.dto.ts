import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';

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
}

@DocumentedAs('GroupTimes', 'The nearest times for the groups.')
export class GroupTimesDto {
  @ApiProperty({
    description: 'The times, nearest first; none if no time of the window suits.',
    type: [GroupSuggestionDto],
  })
  suggestions!: GroupSuggestionDto[];
}
