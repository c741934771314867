import { DAY, SECOND } from '../../../calendar/time/civil-time.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField, FlagField } from '../../../http/fields/choice-field.js';
import { ColorField } from '../../../http/fields/color-field.js';
import { IdListField } from '../../../http/fields/id-list-field.js';
import { IdField, IntegerField } from '../../../http/fields/integer-field.js';
import { NestedField, NestedListField } from '../../../http/fields/nested-field.js';
import { ExternalIdField, MetadataField } from '../../../http/fields/product/product-data-fields.js';
import { TextField } from '../../../http/fields/text-field.js';
import { TimeZoneField } from '../../../http/fields/time-zone-field.js';
import { WebUrlField } from '../../../http/fields/web-url-field.js';
import { WhenField } from '../../../http/fields/when-field.js';
import type { MetadataPatch } from '../../../platform/values/metadata.js';
import { CONFLICT_POLICIES, type ConflictPolicy } from '../../../scheduling/booking/conflict-policy.js';
import { MAX_SKIPPED_OCCURRENCES } from '../../../scheduling/booking/conflicts/conflict-limits.js';
import {
  MAX_DESCRIPTION_LENGTH,
  MAX_INVITED_ROOMS,
  MAX_INVITED_USERS,
  MAX_LOCATION_LENGTH,
  MAX_TITLE_LENGTH,
} from '../../model/event-limits.js';
import { SHOW_AS, type ShowAs, VISIBILITIES, type Visibility } from '../../model/event-words.js';
import { MAX_EVENT_DAYS } from '../../model/schedule/schedule-change.js';
import { CategoriesField, SHOW_AS_OF_EVENT } from './appearance-fields.js';
import { InvitedDto } from './attendee.dto.js';
import { ConferenceDto } from './conference.dto.js';
import { RepeatDto } from './repeat.dto.js';

@DocumentedAs('NewEvent', 'A new event.')
export class CreateEventDto {
  @TextField({ description: 'The title of the event.', example: 'event2', max: MAX_TITLE_LENGTH })
  title!: string;

  @TextField({
    description: 'The description of the event. `description` is another name of this field.',
    example: 'description2',
    min: 0,
    max: MAX_DESCRIPTION_LENGTH,
    optional: true,
    nullable: true,
  })
  desc?: string | null;

  @TextField({
    description:
      'The description of the event. `desc` is another name of this field. Two different values are an error.',
    example: 'description2',
    min: 0,
    max: MAX_DESCRIPTION_LENGTH,
    optional: true,
    nullable: true,
  })
  description?: string | null;

  @TextField({
    description: 'The location of the event.',
    example: 'Room 5',
    min: 0,
    max: MAX_LOCATION_LENGTH,
    optional: true,
    nullable: true,
  })
  location?: string | null;

  @WhenField({
    description:
      'The start: an RFC 3339 instant, or a civil time in `time_zone`; for an all-day event a date.',
    example: '2022-09-06T14:16:47.878689Z',
  })
  start_date!: string;

  @WhenField({
    description:
      'The end, exclusive, instead of `duration`: an RFC 3339 instant, or a civil time in `end_time_zone`, without it in `time_zone`. For an all-day event the date after its last day. An event that ends at its start takes no time.',
    example: '2022-09-06T15:56:47Z',
    optional: true,
  })
  end_date?: string;

  @IntegerField({
    description: `The length in whole seconds, or of an all-day event in whole days; at most ${MAX_EVENT_DAYS} days. An event of \`0\` seconds takes no time. An all-day event has at least one day.`,
    example: 6000,
    min: 0,
    max: (MAX_EVENT_DAYS * DAY) / SECOND,
    optional: true,
  })
  duration?: number;

  @FlagField({ description: 'Whether the event takes whole days.', example: false, optional: true })
  all_day?: boolean;

  @FlagField({
    description:
      "Whether the days of an all-day event are those of each attendee, in the attendee's own zone. `false` pins them to `time_zone`. The days of a new event without this field float, unless the request names a `time_zone`. A change without this field keeps what the event has, unless it names another `time_zone`, which pins the days to it. Only an all-day event can float.",
    example: false,
    optional: true,
  })
  floating?: boolean;

  @TimeZoneField({
    description: 'The IANA time zone of the event. Without it, a new event has the zone of its organizer.',
    optional: true,
  })
  time_zone?: string;

  @TimeZoneField({
    description:
      'The IANA time zone of the end, as of a flight; null: the end is in `time_zone`. A civil `end_date` is read in it. The length of each occurrence of a series is the exact time from the start to the end of the first one (RFC 5545 section 3.8.5.3). A change of this field alone moves no instant. An all-day event has none.',
    example: 'America/New_York',
    optional: true,
    nullable: true,
  })
  end_time_zone?: string | null;

  @IdField({ description: 'The id of the organizer.' })
  organizer_user_id!: number;

  @IdField({
    description:
      'The calendar of the organizer that has the event. Attendees choose theirs with `PATCH /users/{user_id}/events/{event_id}`. Without it, a new event is in the primary calendar of the organizer. 404 `calendar_not_found`: the organizer has no such calendar.',
    optional: true,
  })
  calendar_id?: number;

  @IdListField({
    description: 'The ids of the persons to invite.',
    example: [2],
    max: MAX_INVITED_USERS,
    optional: true,
  })
  invited_user_ids?: number[];

  @IdListField({
    description:
      'The ids of the rooms to book. A room that accepts by itself has accepted in the response. If a room is busy or closed at the time, the service refuses the request (409 `time_taken`).',
    example: [5],
    max: MAX_INVITED_ROOMS,
    optional: true,
  })
  invited_room_ids?: number[];
  @NestedListField(() => InvitedDto, {
    description:
      'People to invite by their addresses. The service takes an address that comes twice as one person. An address that is the verified address of a user invites that user. In a change, `invited` names the guests who attend from now on, and adds the users.',
    example: [{ email: 'zoe@example.net', name: 'Zoe' }],
    max: MAX_INVITED_USERS,
    optional: true,
  })
  invited?: InvitedDto[];

  @NestedField(() => RepeatDto, {
    description: 'The recurrence of the event; null: the event does not repeat.',
    optional: true,
    nullable: true,
  })
  repeat?: RepeatDto | null;

  @ChoiceField(VISIBILITIES, {
    description:
      'Whether users who do not attend the event see its details (`public`) or only its times (`private`). A new event without this field has the `DEFAULT_VISIBILITY` of the server, which is `public` unless the operator changes it.',
    example: 'public',
    optional: true,
  })
  visibility?: Visibility;

  @ChoiceField(SHOW_AS, {
    description: `${SHOW_AS_OF_EVENT} A new event without this field is \`free\` if it is all-day and invites no room, and \`busy\` otherwise.`,
    example: 'busy',
    optional: true,
  })
  show_as?: ShowAs;

  @WebUrlField({
    description: 'The `http` or `https` URL of the event in the product.',
    example: 'https://crm.example/cases/42',
    optional: true,
    nullable: true,
  })
  url?: string | null;

  @ColorField({
    description: 'The color of the event: `#` and six hexadecimal digits.',
    example: '#1a73e8',
    optional: true,
    nullable: true,
  })
  color?: string | null;

  @CategoriesField({
    description: 'The categories of the event, each once. Null: none.',
    example: ['review'],
    optional: true,
    nullable: true,
  })
  categories?: string[] | null;

  @NestedField(() => ConferenceDto, {
    description:
      'Where people meet who are not at the location of the event. A change replaces the whole conference. Null: nowhere else.',
    optional: true,
    nullable: true,
  })
  conference?: ConferenceDto | null;

  @ExternalIdField('event')
  external_id?: string | null;

  @MetadataField('event')
  metadata?: MetadataPatch;

  @ChoiceField(CONFLICT_POLICIES, {
    description: `The action of the service if an attendee is already busy. With \`reject\`, nothing changes and the response is 409. With \`skip\`, the event loses the occurrences that \`reject\` would refuse: they become EXDATEs for good, a \`count\` counts them, and the response lists them in \`skipped\`. A change leaves out occurrences because of the time alone that it takes beside the time that the event had. \`skip\` is as \`reject\` for an event that does not repeat and for a single occurrence; and if no occurrence is left, more than ${MAX_SKIPPED_OCCURRENCES} are in conflict, or the conflicts have no end. The policy is one of the request: the service does not store it. Unanswered invitations count as busy time, except those that the \`invitations\` of the attendee exclude. In a series, the service checks every occurrence, however far. See \`conflicts_checked_until\`.`,
    example: 'allow',
    optional: true,
    default: 'allow',
  })
  conflict_policy?: ConflictPolicy;
}

@DocumentedAs('EventReplacement', 'An event as it has to be from now on.')
export class ReplaceEventDto extends CreateEventDto {
  @FlagField({
    description:
      'Whether answers stay if the start, the end or the location of their occurrence changes. By default such an answer becomes `needs_action`. A room decides again in any case.',
    example: false,
    optional: true,
    default: false,
  })
  keep_answers?: boolean;
}
