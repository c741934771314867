import { INVITEE_STATUSES, type InviteeStatus } from '../../events/model/event-words.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { PageDto } from '../../http/page/page.dto.js';

export class ListInvitesDto extends PageDto {
  @ChoiceField(INVITEE_STATUSES, {
    description: 'The participation status of the invites in the list; by default any.',
    example: 'needs_action',
    optional: true,
  })
  status?: InviteeStatus;
}
