import { ApiProperty } from '@nestjs/swagger';
import { CalendarSubscriptionDto } from '../../calendar-subscriptions/rest/calendar-subscription.dto.js';
import { CalendarDto } from '../../calendars/rest/calendar.dto.js';
import { GrantDto } from '../../calendars/rest/grants/grant.dto.js';
import { ExportedEventDto } from '../../events/rest/export/exported-event.dto.js';
import { CalendarFeedDto } from '../../feeds/rest/calendar-feed.dto.js';
import { HoldDto } from '../../holds/rest/hold.dto.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { InviteDto } from '../../invites/rest/invite.dto.js';
import { EventRemindersDto } from '../../reminders/rest/event-reminders.dto.js';
import { UserDto } from '../../users/rest/user.dto.js';
import { WebhookSubscriptionDto } from '../../webhooks/rest/webhook-subscription.dto.js';

@DocumentedAs('ExportedGrant', 'A grant on a calendar.')
export class ExportedGrantDto extends GrantDto {
  @ApiProperty({ description: 'The identity of the calendar.', type: 'integer', example: 1 })
  calendar_id!: number;
}

@DocumentedAs('ExportedReminders', 'The reminders that a user has set for an event.')
export class ExportedRemindersDto extends EventRemindersDto {
  @ApiProperty({ description: 'The identity of the event.', type: 'integer', example: 1 })
  event_id!: number;
}

@DocumentedAs('ExportedChange', 'A change of an event that the user made.')
export class ExportedChangeDto {
  @ApiProperty({ description: 'The identity of the event.', type: 'integer', example: 1 })
  event_id!: number;

  @ApiProperty({ description: 'The version of the event after the change.', type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({
    description: 'What the change did. An answer is `updated`.',
    enum: ['created', 'updated', 'deleted'],
    example: 'created',
  })
  kind!: 'created' | 'updated' | 'deleted';

  @ApiProperty({
    description: 'The API key that sent the request as the user; null: none.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  api_key_id!: number | null;

  @ApiProperty({
    description: 'When the user made the change.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.123Z',
  })
  at!: string;
}

@DocumentedAs('UserExport', 'All data that the service keeps about a user.')
export class UserExportDto {
  @ApiProperty({ description: 'The user.', type: UserDto })
  user!: UserDto;

  @ApiProperty({
    description: 'The calendars of the user, by `position`, then by `id`.',
    type: [CalendarDto],
  })
  calendars!: CalendarDto[];

  @ApiProperty({
    description:
      'The grants on the calendars of the user, and those to the user except with the role `none`, by id.',
    type: [ExportedGrantDto],
  })
  grants!: ExportedGrantDto[];

  @ApiProperty({
    description: 'The events that the user organizes or attends, by id.',
    type: [ExportedEventDto],
  })
  events!: ExportedEventDto[];

  @ApiProperty({ description: 'The invites of the user, oldest first.', type: [InviteDto] })
  invites!: InviteDto[];

  @ApiProperty({
    description: 'The reminders that the user has set for single events, by event.',
    type: [ExportedRemindersDto],
  })
  reminders!: ExportedRemindersDto[];

  @ApiProperty({
    description: 'The webhook subscriptions of the user, without their secrets, by id.',
    type: [WebhookSubscriptionDto],
  })
  webhook_subscriptions!: WebhookSubscriptionDto[];

  @ApiProperty({
    description: 'The feeds of the calendars of the user, without their addresses, by id.',
    type: [CalendarFeedDto],
  })
  calendar_feeds!: CalendarFeedDto[];

  @ApiProperty({
    description: 'The subscriptions of the user to calendars elsewhere, by id.',
    type: [CalendarSubscriptionDto],
  })
  calendar_subscriptions!: CalendarSubscriptionDto[];

  @ApiProperty({
    description: 'The holds that the user created, by id, as long as the service keeps them.',
    type: [HoldDto],
  })
  holds!: HoldDto[];

  @ApiProperty({
    description: 'The changes of events that the user made in the last 400 days, oldest first.',
    type: [ExportedChangeDto],
  })
  changes!: ExportedChangeDto[];
}
