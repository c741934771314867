import { ApiProperty } from '@nestjs/swagger';
import { INVITEE_STATUSES, type InviteeStatus } from '../../events/model/event-words.js';
import { DocumentedAs } from '../../http/document/documented-as.js';

@DocumentedAs('Invite', 'An invite to an event, and its answer.')
export class InviteDto {
  @ApiProperty({ description: 'The identity of the invite.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The event it is to.', type: 'integer', example: 1 })
  event_id!: number;

  @ApiProperty({ description: 'Who is invited.', type: 'integer', example: 2 })
  user_id!: number;

  @ApiProperty({ description: 'What the invitee answered.', enum: INVITEE_STATUSES, example: 'accepted' })
  status!: InviteeStatus;

  @ApiProperty({
    description: 'What the invitee said with the answer.',
    type: 'string',
    nullable: true,
    example: null,
  })
  comment!: string | null;

  @ApiProperty({
    description: 'When the user was invited.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'When the answer last changed.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  updated_at!: string;

  @ApiProperty({
    description:
      'The one occurrence that was answered, to which `status` and `comment` belong then; else absent.',
    required: false,
    example: '2022-09-12T14:16:47Z',
  })
  original_start?: string;
}
