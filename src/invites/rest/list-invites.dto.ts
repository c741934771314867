import { INVITEE_STATUSES, type InviteeStatus } from '../../events/model/event-words.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { PageDto } from '../../http/page/page.dto.js';

export class ListInvitesDto extends PageDto {
  @ChoiceField(INVITEE_STATUSES, {
    description: 'Lists only invites with this participation status.',
    example: 'needs_action',
    optional: true,
  })
  status?: InviteeStatus;
}
