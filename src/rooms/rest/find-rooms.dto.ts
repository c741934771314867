import { SECOND } from '../../calendar/time/civil-time.js';
import { QueryInstantField } from '../../http/fields/instant-field.js';
import { QueryIntegerField } from '../../http/fields/integer-field.js';
import { PageDto } from '../../http/page/page.dto.js';
import { durationText } from '../../platform/values/duration.js';
import { MAX_FREE_ROOM_WINDOW, MAX_ROOM_CAPACITY } from '../model/room-limits.js';
import { QueryFeaturesField } from './feature-fields.js';

export class FindRoomsDto extends PageDto {
  @QueryIntegerField({
    description: 'The least number of persons that fit in. The list then has no room without a `capacity`.',
    example: 8,
    min: 1,
    max: MAX_ROOM_CAPACITY,
    optional: true,
  })
  capacity?: number;

  @QueryFeaturesField({
    description: 'Features that the rooms have. Repeat the parameter for each; a room has all of them.',
    example: ['video'],
    optional: true,
  })
  features?: string[];

  @QueryInstantField({
    description:
      'With `free_to`: the start of a window in which the rooms have no busy time and are open. Unanswered invitations are busy time.',
    example: '2022-09-06T10:00:00Z',
    optional: true,
  })
  free_from?: string;

  @QueryInstantField({
    description: `The end of the window, exclusive; after \`free_from\`, and at most ${durationText(MAX_FREE_ROOM_WINDOW / SECOND)} after it.`,
    example: '2022-09-06T11:00:00Z',
    optional: true,
  })
  free_to?: string;
}
