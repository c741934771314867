import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { UserSummaryDto } from '../../../users/rest/user.dto.js';
import { PARTICIPATION_STATUSES, type ParticipationStatus } from '../../model/event-words.js';

@DocumentedAs('Attendee', 'An attendee of an event, with the participation status.')
export class AttendeeDto {
  @ApiProperty({
    description: 'The participation status.',
    enum: PARTICIPATION_STATUSES,
    example: 'organizer',
  })
  status!: ParticipationStatus;

  @ApiProperty({ description: 'The attendee.', type: UserSummaryDto })
  user!: UserSummaryDto;

  @ApiProperty({
    description: 'The invite; null for the organizer.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  invite_id!: number | null;

  @ApiProperty({
    description: 'The comment that the attendee gave with the answer.',
    type: 'string',
    nullable: true,
    example: null,
  })
  comment!: string | null;

  @ApiProperty({
    description: 'The time of the invitation.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'The time of the last change of the answer.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  updated_at!: string;
}
