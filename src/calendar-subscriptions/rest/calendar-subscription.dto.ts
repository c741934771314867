import { ApiProperty } from '@nestjs/swagger';
import { MAX_CALENDAR_NAME_LENGTH } from '../../calendars/model/calendar-limits.js';
import { ChangesBody } from '../../http/body/changes-body.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField } from '../../http/fields/choice-field.js';
import { TextField } from '../../http/fields/text-field.js';
import {
  COUNTS_AS,
  type CountsAs,
  FETCH_FAILURE_CODES,
  type FetchFailureCode,
  MAX_SUBSCRIBED_URL_LENGTH,
} from '../model/subscription-record.js';

const URL_TEXT = 'The address of the calendar elsewhere, as an `http` or `https` URL.';
const NEW_URL_TEXT =
  'The `http`, `https` or `webcal` URL of the calendar, which is iCalendar. `webcal:` is read as `https:`. Its host, and each host of a redirect, must be at a public address, unless the server has `WEBHOOK_ALLOW_PRIVATE`.';
const COUNTS = 'Whether the events take the time of the user. The same as `counts_as_busy` of the calendar.';
const INSTANT = { type: 'string', format: 'date-time', example: '2022-09-06T14:16:47.878Z' } as const;

@DocumentedAs('NewCalendarSubscription', 'A new subscription to a calendar elsewhere.')
export class CreateCalendarSubscriptionDto {
  @TextField({
    description: NEW_URL_TEXT,
    example: 'webcal://example.com/holidays/germany.ics',
    max: MAX_SUBSCRIBED_URL_LENGTH,
  })
  url!: string;

  @ChoiceField(COUNTS_AS, {
    description: `${COUNTS} The default is \`busy\`.`,
    example: 'free',
    optional: true,
  })
  counts_as?: CountsAs;

  @TextField({
    description: 'The name of the calendar here. Without it: the name of the host.',
    example: 'Holidays',
    max: MAX_CALENDAR_NAME_LENGTH,
    optional: true,
  })
  name?: string;
}

@ChangesBody()
@DocumentedAs('CalendarSubscriptionPatch', 'The fields of a calendar subscription to change.')
export class UpdateCalendarSubscriptionDto {
  @TextField({
    description: `${NEW_URL_TEXT} The events stay until the new address gives a whole calendar.`,
    example: 'https://example.com/holidays/austria.ics',
    max: MAX_SUBSCRIBED_URL_LENGTH,
    optional: true,
  })
  url?: string;

  @ChoiceField(COUNTS_AS, { description: COUNTS, example: 'busy', optional: true })
  counts_as?: CountsAs;
}

@DocumentedAs('CalendarSubscription', 'A subscription of a user to a calendar elsewhere.')
export class CalendarSubscriptionDto {
  @ApiProperty({ description: 'The id of the subscription.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The user to whom the subscription belongs.', type: 'integer', example: 1 })
  user_id!: number;

  @ApiProperty({
    description: 'The read-only calendar with the events, which goes with the subscription.',
    type: 'integer',
    example: 3,
  })
  calendar_id!: number;

  @ApiProperty({ description: URL_TEXT, format: 'uri', example: 'https://example.com/holidays/germany.ics' })
  url!: string;

  @ApiProperty({ description: COUNTS, enum: COUNTS_AS, example: 'free' })
  counts_as!: CountsAs;

  @ApiProperty({
    description: 'When the events last were those of the calendar elsewhere; null: not yet.',
    nullable: true,
    ...INSTANT,
    example: null,
  })
  last_success_at!: string | null;

  @ApiProperty({
    description:
      'The first failed fetch since the last success; null: the last fetch succeeded, or there was none.',
    nullable: true,
    ...INSTANT,
    example: null,
  })
  failing_since!: string | null;

  @ApiProperty({
    description: 'The reason why the last fetch failed, for people; null: it succeeded, or there was none.',
    type: 'string',
    nullable: true,
    example: null,
  })
  last_error!: string | null;

  @ApiProperty({
    description: 'The same for programs.',
    enum: FETCH_FAILURE_CODES,
    type: 'string',
    nullable: true,
    example: null,
  })
  last_error_code!: FetchFailureCode | null;

  @ApiProperty({
    description:
      'When the service fetches the calendar again. While it does so: when it tries again at the latest.',
    ...INSTANT,
  })
  next_fetch_at!: string;

  @ApiProperty({ description: 'The time of the creation.', ...INSTANT })
  created_at!: string;

  @ApiProperty({ description: 'The time of the last change by a request.', ...INSTANT })
  updated_at!: string;
}
