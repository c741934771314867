import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField, FlagField } from '../../http/fields/choice-field.js';
import { FEED_DETAILS, type FeedDetail } from '../model/feed-record.js';

const DETAIL =
  '`full`: the events with their texts. `busy`: their times alone, each with the title "Busy"; of a series, these are the times of 400 days from the month before, or from its start if that is later. Events that take no time are absent.';

const INCLUDE_PRIVATE =
  'Whether a feed with the detail `full` shows private events like others. Without it, each private event is "Busy", and one that takes no time (`show_as: free`) is absent, since it is not busy.';

@DocumentedAs('NewCalendarFeed', 'A new feed of a calendar.')
export class CreateCalendarFeedDto {
  @ChoiceField(FEED_DETAILS, { description: DETAIL, example: 'full' })
  detail!: FeedDetail;

  @FlagField({ description: `${INCLUDE_PRIVATE} The default is false.`, example: false, optional: true })
  include_private?: boolean;
}

@DocumentedAs('CalendarFeed', 'A feed of a calendar, without its address.')
export class CalendarFeedDto {
  @ApiProperty({ description: 'The id of the feed.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The calendar that the feed shows.', type: 'integer', example: 1 })
  calendar_id!: number;

  @ApiProperty({ description: DETAIL, enum: FEED_DETAILS, example: 'full' })
  detail!: FeedDetail;

  @ApiProperty({ description: INCLUDE_PRIVATE, example: false })
  include_private!: boolean;

  @ApiProperty({
    description: 'The API key that made the feed; null: none did. The feed stays if the key is revoked.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  created_by_key_id!: number | null;

  @ApiProperty({
    description: 'The time of the creation.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  created_at!: string;
}

@DocumentedAs('CalendarFeedWithUrl', 'A feed of a calendar with its address.')
export class CalendarFeedWithUrlDto extends CalendarFeedDto {
  @ApiProperty({
    description:
      'The address of the feed, which contains its secret: any program that has the address reads the feed. Only this response shows it. A path, or an absolute URL if the server has a `PUBLIC_URL`.',
    format: 'uri-reference',
    example: '/feeds/feed_2ZQhVq0mJ5c8Rk3sT1xW9yB4nD7fG6pLzA0eHuKiMjo/calendar.ics',
  })
  url!: string;
}
