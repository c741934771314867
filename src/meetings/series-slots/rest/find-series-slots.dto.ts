import { MAX_SUGGESTIONS } from '../../../calendar/availability/free-interval-query.js';
import { MAX_SLOT_OCCURRENCES } from '../../../calendar/availability/series-slots/series-slot-query.js';
import { MAX_WINDOW } from '../../../calendar/recurrence/series/recurrence-set.js';
import { SECOND } from '../../../calendar/time/civil-time.js';
import { RepeatDto } from '../../../events/rest/dto/repeat.dto.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { IdListField } from '../../../http/fields/id-list-field.js';
import { InstantField } from '../../../http/fields/instant-field.js';
import { IntegerField } from '../../../http/fields/integer-field.js';
import { NestedField } from '../../../http/fields/nested-field.js';
import { TimeZoneField } from '../../../http/fields/time-zone-field.js';
import { durationText } from '../../../platform/values/duration.js';
import { MAX_USERS } from '../../../scheduling/calendars/calendar-limits.js';
import { DEFAULT_SEARCH_WINDOW_MS } from '../../../scheduling/nearest-interval/nearest-interval-limits.js';
import { MeetingSearchDto } from '../../rest/meeting-search.dto.js';

@DocumentedAs('SeriesSlotSearch', 'A search for the best times of a whole series.')
export class FindSeriesSlotsDto extends MeetingSearchDto {
  @NestedField(() => RepeatDto, {
    description: `The recurrence of the series. It must end, by \`count\` or \`until\`, after at most ${MAX_SLOT_OCCURRENCES} occurrences. The search chooses the time of day, so the rule must not have BYHOUR, BYMINUTE, \`rdates\` or \`exdates\`.`,
  })
  repeat!: RepeatDto;

  @IdListField({
    description: 'The persons who must be free.',
    example: [1, 2],
    min: 1,
    max: MAX_USERS,
  })
  user_ids!: number[];

  @IdListField({
    description: `The rooms that must be open and free. At most ${MAX_USERS} together with \`user_ids\`.`,
    example: [5],
    max: MAX_USERS,
    optional: true,
  })
  room_ids?: number[];

  @InstantField({
    description: 'The earliest start of the first occurrence; by default now.',
    example: '2022-09-06T09:00:00Z',
    optional: true,
  })
  from?: string;

  @InstantField({
    description: `The end, exclusive, of the time in which the first occurrence starts; by default ${durationText(DEFAULT_SEARCH_WINDOW_MS / SECOND)} after \`from\`, and at most ${durationText(MAX_WINDOW / SECOND)} after it.`,
    example: '2022-09-13T09:00:00Z',
    optional: true,
  })
  to?: string;

  @TimeZoneField({
    description:
      'The IANA time zone in which all occurrences have the same time of day, and in which `step` counts. Without it, the zone of the first user of `user_ids`.',
    optional: true,
  })
  time_zone?: string;

  @IntegerField({
    description: 'The least number of occurrences in which the meeting is possible.',
    example: 10,
    min: 1,
    max: MAX_SLOT_OCCURRENCES,
    optional: true,
    default: 1,
  })
  min_occurrences?: number;

  @IntegerField({
    description:
      'The number of users of `user_ids` who must be able to attend an occurrence; by default all.',
    example: 2,
    min: 1,
    max: MAX_USERS,
    optional: true,
  })
  min_attending?: number;

  @IdListField({
    description: `Persons who may attend but need not be free. They change neither the slots nor their order; \`misses\` shows the occurrences that they cannot attend. At most ${MAX_USERS} together with \`user_ids\` and \`room_ids\`. A person in both lists must be free.`,
    example: [3],
    max: MAX_USERS,
    optional: true,
  })
  optional_user_ids?: number[];

  @IntegerField({
    description: 'The maximum number of slots in the response.',
    example: 3,
    min: 1,
    max: MAX_SUGGESTIONS,
    optional: true,
    default: 1,
  })
  limit?: number;
}
