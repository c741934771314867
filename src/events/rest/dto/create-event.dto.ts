import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField, FlagField } from '../../../http/fields/choice-field.js';
import { IdListField } from '../../../http/fields/id-list-field.js';
import { IdField, IntegerField } from '../../../http/fields/integer-field.js';
import { NestedField } from '../../../http/fields/nested-field.js';
import { TextField } from '../../../http/fields/text-field.js';
import { TimeZoneField } from '../../../http/fields/time-zone-field.js';
import { WhenField } from '../../../http/fields/when-field.js';
import {
  CONFLICT_HORIZON_DAYS,
  CONFLICT_POLICIES,
  type ConflictPolicy,
} from '../../../scheduling/booking/conflict-limits.js';
import { SHOW_AS, type ShowAs, VISIBILITIES, type Visibility } from '../../model/event-words.js';
import { MAX_EVENT_DAYS } from '../../model/schedule/schedule-change.js';
import { RepeatDto } from './repeat.dto.js';

/** Each invitee is a row, and is answered with: what fits a company's all-hands, and no mailing of the world. */
export const MAX_INVITEES = 1000;

const MAX_DESCRIPTION = 8192;

@DocumentedAs('NewEvent', 'A new event.')
export class CreateEventDto {
  @TextField({ description: 'What it is called.', example: 'event2', max: 500 })
  title!: string;

  @TextField({
    description: 'What it is about. `description` says the same.',
    example: 'description2',
    min: 0,
    max: MAX_DESCRIPTION,
    optional: true,
    nullable: true,
  })
  desc?: string | null;

  @TextField({
    description: 'What it is about. `desc` says the same; both and different is an error.',
    example: 'description2',
    min: 0,
    max: MAX_DESCRIPTION,
    optional: true,
    nullable: true,
  })
  description?: string | null;

  @TextField({
    description: 'Where it is.',
    example: 'Room 5',
    min: 0,
    max: 1000,
    optional: true,
    nullable: true,
  })
  location?: string | null;

  @WhenField({
    description:
      'When it starts: an RFC 3339 instant, or a civil time in `time_zone`; for an all-day event a date.',
    example: '2022-09-06T14:16:47.878689Z',
  })
  start_date!: string;

  @WhenField({
    description:
      'When it ends, instead of `duration`; not included. For an all-day event the date after its last day.',
    example: '2022-09-06T15:56:47Z',
    optional: true,
  })
  end_date?: string;

  @IntegerField({
    description: `Whole seconds, at most ${MAX_EVENT_DAYS} days; for an all-day event whole days.`,
    example: 6000,
    min: 1,
    max: MAX_EVENT_DAYS * 86_400,
    optional: true,
  })
  duration?: number;

  @FlagField({ description: 'Whether it takes whole days.', example: false, optional: true })
  all_day?: boolean;

  @TimeZoneField({ description: "The zone in which it repeats; by default the organizer's.", optional: true })
  time_zone?: string;

  @IdField({ description: 'The user whose event it is.' })
  organizer_user_id!: number;

  @IdListField({ description: 'The users invited to it.', example: [2], max: MAX_INVITEES, optional: true })
  invited_user_ids?: number[];

  @NestedField(() => RepeatDto, {
    description: 'How it repeats; null: not at all.',
    optional: true,
    nullable: true,
  })
  repeat?: RepeatDto | null;

  @ChoiceField(VISIBILITIES, {
    description:
      'Whether others than its attendees see more of it than the time. A new event without it is `public`, or what the server sets as `DEFAULT_VISIBILITY`.',
    example: 'public',
    optional: true,
  })
  visibility?: Visibility;

  @ChoiceField(SHOW_AS, {
    description:
      'Whether it takes up the time of its attendees; by default `busy`, and `free` when it is all-day.',
    example: 'busy',
    optional: true,
  })
  show_as?: ShowAs;

  @ChoiceField(CONFLICT_POLICIES, {
    description: `What to do where an attendee's time is taken: \`reject\` changes nothing and answers 409. Unanswered invitations count as taken time, except those that the \`invitations\` of the attendee leave out. A series is looked at for ${CONFLICT_HORIZON_DAYS} days from its first occurrence, and from now on when it has begun.`,
    example: 'allow',
    optional: true,
    default: 'allow',
  })
  conflict_policy?: ConflictPolicy;
}
