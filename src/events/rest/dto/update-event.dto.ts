import { OmitType, PartialType } from '@nestjs/swagger';
import { ChangesBody } from '../../../http/body/changes-body.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField, FlagField } from '../../../http/fields/choice-field.js';
import { IdField } from '../../../http/fields/integer-field.js';
import { EVENT_STATUSES, type EventStatus } from '../../model/event-words.js';
import { CreateEventDto } from './create-event.dto.js';

/**
 * Absent fields keep their values. `invited_user_ids` names the users who are invited from now on. Users who stay keep their answers.
 * With `time_zone` alone the civil time stays. `all_day` changes only together with the start and the length.
 */
@ChangesBody()
@DocumentedAs('EventPatch', 'A change of an event or an occurrence. An absent field keeps its value.')
export class UpdateEventDto extends PartialType(OmitType(CreateEventDto, ['organizer_user_id']), {
  skipNullProperties: false,
}) {
  @IdField({
    description:
      'The user with this id becomes the organizer of the event. The service keeps the previous organizer as an attendee who has accepted. A person ' +
      'can hand an event over only to an attendee who has accepted it (409 `organizer_must_accept`), an API key to any user.',
    optional: true,
  })
  organizer_user_id?: number;

  @FlagField({
    description:
      'Whether answers stay if the start, the end or the location of their occurrence changes. By default such an answer becomes `needs_action`. A room decides again in any case.',
    example: false,
    optional: true,
    default: false,
  })
  keep_answers?: boolean;

  @ChoiceField(EVENT_STATUSES, {
    description:
      'Whether the event or the occurrence takes place. `confirmed` restores a cancelled event or occurrence.',
    example: 'confirmed',
    optional: true,
  })
  status?: EventStatus;
}
