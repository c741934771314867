import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { PageDto } from '../../../http/page/page.dto.js';
import { CHANGE_ACTIONS, type ChangeAction } from '../../model/changes/described-change.js';
import { SyncedEventDto } from './synced-event.dto.js';

/** Asks for a page of the history of an event. */
export class ListHistoryDto extends PageDto {}

/** Fields of an event as they were before a change. */
@DocumentedAs(
  'PreviousFields',
  'Fields of an event as they were before a change. `attendees` and `overrides`, and `answers` in them, have those alone that the change removed or changed.',
)
export class PreviousFieldsDto extends PartialType(
  OmitType(SyncedEventDto, ['redacted', 'id', 'version', 'created_at', 'updated_at', 'attendees_omitted']),
) {}

@DocumentedAs('HistoryEntry', 'One change of an event.')
export class HistoryEntryDto {
  @ApiProperty({ description: 'The version of the event after the change.', type: 'integer', example: 2 })
  version!: number;

  @ApiProperty({
    description: 'When the change was made.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.123Z',
  })
  at!: string;

  @ApiProperty({
    description:
      'The user who made the change; null: none, as for an API key that acts as itself and for the service. The service forgets deleted users, and tells the author of a private time to those alone who see it.',
    type: 'integer',
    nullable: true,
    example: 1,
  })
  user_id!: number | null;

  @ApiProperty({
    description: 'The API key that sent the request; null: none.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  api_key_id!: number | null;

  @ApiProperty({
    description:
      'The user for whom the author acted: the attendee whose answer somebody else gave; the organizer, if another user changed the event; the user of `Act-As-User`. Null: none of them.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  acting_for!: number | null;

  @ApiProperty({
    description:
      'What the change did. `answered`: it is an answer of one attendee alone. A split is `updated` for the old event and `created` for the new one.',
    enum: CHANGE_ACTIONS,
    example: 'updated',
  })
  action!: ChangeAction;

  @ApiProperty({
    description:
      'The fields of the event that the change set. An answer sets `attendees`, and an answer to one occurrence `overrides`. ' +
      'A changed occurrence sets `overrides`. Empty after a creation. The fields that the caller did not see before the change are left out.',
    type: [String],
    example: ['title'],
  })
  changed_fields!: string[];

  @ApiProperty({
    description: 'The values of `changed_fields` before the change.',
    type: PreviousFieldsDto,
    example: { title: 'event2' },
  })
  previous!: PreviousFieldsDto;
}
