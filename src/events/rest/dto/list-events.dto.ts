import { IntersectionType } from '@nestjs/swagger';
import { QueryFlagField } from '../../../http/fields/choice-field.js';
import { PageDto } from '../../../http/page/page.dto.js';
import { OptionalSyncTokenDto } from '../../../http/sync/sync-token.dto.js';
import { UnsynchronizedWindowDto } from '../../../http/sync/unsynchronized-window.dto.js';
import { MaxAttendeesDto } from './max-attendees.dto.js';
import { ShowCancelledDto } from './show-cancelled.dto.js';

export class ListEventsDto extends IntersectionType(
  UnsynchronizedWindowDto,
  PageDto,
  ShowCancelledDto,
  MaxAttendeesDto,
  OptionalSyncTokenDto,
) {
  @QueryFlagField({
    description: 'Whether the list has one element for each occurrence, instead of one for each event.',
    example: false,
    optional: true,
    default: false,
  })
  expand?: boolean;
}
