import { INVITE_STATUSES, type InviteStatus } from '../../events/model/event-words.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { PageDto } from '../../http/page/page.dto.js';

export class ListInvitesDto extends PageDto {
  @ChoiceField(INVITE_STATUSES, {
    description: 'The participation status of the invites in the list; by default any.',
    example: 'needs_action',
    optional: true,
  })
  status?: InviteStatus;
}
