import { ChoiceField } from '../../common/fields/choice-field.js';
import { PageDto } from '../../common/page/page.dto.js';
import { ANSWERS, type Answer } from '../../events/event-words.js';

export class ListInvitesDto extends PageDto {
  @ChoiceField(ANSWERS, {
    description: 'Only the invites with this answer.',
    example: 'needs_action',
    optional: true,
  })
  status?: Answer;
}
