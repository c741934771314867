import type { PageDto } from '../../http/page/page.dto.js';
import { decodePageToken } from '../../http/page/page-token.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import { toNewReminder, toReminderDto } from '../../users/rest/reminder.mapper.js';
import { type CalendarView, showsName } from '../model/calendar.policy.js';
import type { CalendarPatch, NewCalendar } from '../model/calendar-commands.js';
import type { CalendarDto } from './calendar.dto.js';
import type { CreateCalendarDto, UpdateCalendarDto } from './create-calendar.dto.js';

/** The names in requests of the fields of `NewCalendar` and `CalendarPatch`. */
export const CALENDAR_FIELDS: WireNames = {
  timeZone: 'time_zone',
  countsAsBusy: 'counts_as_busy',
  defaultReminders: 'default_reminders',
  externalId: 'external_id',
  user: 'user_id',
};

export function toNewCalendar(input: CreateCalendarDto): NewCalendar {
  return { ...toCalendarPatch(input), name: input.name };
}

export function toCalendarPatch(input: UpdateCalendarDto): CalendarPatch {
  const { default_reminders: reminders } = input;
  return {
    name: input.name,
    color: input.color,
    timeZone: input.time_zone,
    countsAsBusy: input.counts_as_busy,
    defaultReminders: reminders?.map(toNewReminder) ?? (reminders === null ? null : undefined),
    position: input.position,
    externalId: input.external_id,
    metadata: input.metadata,
  };
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toCalendarPage({ limit, page_token: token }: PageDto) {
  return { limit, after: decodePageToken(token, ['id', 'id', 'id']) };
}

export function toCalendarDto(view: CalendarView): CalendarDto {
  const { calendar, role, isOwn } = view;
  return {
    id: calendar.id,
    user_id: calendar.userId,
    name: showsName(view) ? calendar.name : null,
    color: showsName(view) ? calendar.color : null,
    time_zone: calendar.timeZone,
    counts_as_busy: calendar.countsAsBusy,
    primary: calendar.isPrimary,
    read_only: calendar.readOnly,
    position: calendar.position,
    role,
    ...(isOwn && {
      default_reminders: calendar.defaultReminders?.map(toReminderDto) ?? null,
      external_id: calendar.externalId,
      metadata: { ...calendar.metadata },
    }),
    created_at: calendar.createdAt.toISOString(),
    updated_at: calendar.updatedAt.toISOString(),
  };
}
