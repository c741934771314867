import { ApiProperty } from '@nestjs/swagger';
import { INVITE_STATUSES, type InviteStatus } from '../../events/model/event-words.js';
import { GuestDto } from '../../events/rest/dto/attendee.dto.js';
import { DocumentedAs } from '../../http/document/documented-as.js';

@DocumentedAs('Invite', 'An invite to an event, and the answer to it.')
export class InviteDto {
  @ApiProperty({ description: 'The identity of the invite.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The event.', type: 'integer', example: 1 })
  event_id!: number;

  @ApiProperty({
    description: 'The invited user; null: a guest is invited.',
    type: 'integer',
    nullable: true,
    example: 2,
  })
  user_id!: number | null;

  @ApiProperty({
    description: 'The invited guest; null: a user is invited.',
    type: GuestDto,
    nullable: true,
    example: null,
  })
  guest!: GuestDto | null;

  @ApiProperty({
    description: 'The participation status of the invited user.',
    enum: INVITE_STATUSES,
    example: 'accepted',
  })
  status!: InviteStatus;

  @ApiProperty({
    description: 'The comment of the invited user.',
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

  @ApiProperty({
    description:
      'The original start of the occurrence that `status` and `comment` belong to. Absent: they belong to the whole event.',
    required: false,
    example: '2022-09-12T14:16:47Z',
  })
  original_start?: string;
}
