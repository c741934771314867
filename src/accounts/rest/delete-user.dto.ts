import { ChoiceField } from '../../http/fields/choice-field.js';
import { QueryIntegerField } from '../../http/fields/integer-field.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { FATES_OF_EVENTS, type FateOfEvents } from '../model/user-deletion.js';

export class DeleteUserDto {
  @ChoiceField(FATES_OF_EVENTS, {
    description:
      '`cancel`: the events that the user organizes are cancelled. `transfer`: another user becomes their organizer; for API keys only.',
    optional: true,
    default: 'cancel',
    example: 'cancel',
  })
  events?: FateOfEvents;

  @QueryIntegerField({
    description: 'The user who becomes the organizer of the events, with `events=transfer`.',
    min: 1,
    max: MAX_ID,
    optional: true,
    example: 7,
  })
  transfer_to?: number;
}
