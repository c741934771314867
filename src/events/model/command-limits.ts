import { MAX_USER_NAME_LENGTH } from '../../auth/model/user-limits.js';
import { type FieldError, refuseFaults } from '../../errors/domain-error.js';
import { metadataSizeFaults } from '../../platform/values/metadata.js';
import { productDataFaults } from '../../platform/values/product-data.js';
import { textFault } from '../../platform/values/text-fault.js';
import { appearanceFaults } from './appearance/event-appearance.js';
import type { Answer, EventPatch, NewAttendance, NewGuest, NewSeries, OccurrencePatch } from './commands.js';
import {
  MAX_COMMENT_LENGTH,
  MAX_DATES,
  MAX_DESCRIPTION_LENGTH,
  MAX_INVITED_ROOMS,
  MAX_INVITED_USERS,
  MAX_LOCATION_LENGTH,
  MAX_TITLE_LENGTH,
} from './event-limits.js';
import type { ScheduleCommand } from './schedule/schedule-command.js';

/**
 * Refuses a series with a text or a list beyond `event-limits.ts`. No protocol has to check these limits before.
 * @throws {DomainError} invalid, naming each field
 */
export function refuseSeriesBeyondLimits(series: NewSeries): void {
  const { attendees, guests, overrides, answers, schedule } = series;
  refuseFaults([
    ...detailFaults(series),
    ...appearanceFaults(series),
    ...productDataFaults(series),
    ...metadataSizeFaults(series.metadata),
    ...dateFaults(schedule),
    ...countFaults('attendees', attendees, MAX_INVITED_USERS),
    ...countFaults(
      'invitedRooms',
      attendees.filter(({ isRoom }) => isRoom),
      MAX_INVITED_ROOMS,
    ),
    ...(guests.length > 0 ? countFaults('invited', [...attendees, ...guests], MAX_INVITED_USERS) : []),
    ...guestFaults(guests),
    ...attendees.flatMap(({ comment }, index) => commentFaults(comment, `attendees.${index}.`)),
    ...overrides.flatMap(({ patch }, index) => detailFaults(patch, `overrides.${index}.`)),
    ...answers.flatMap(({ comment }, index) => commentFaults(comment, `answers.${index}.`)),
  ]);
}

/**
 * The same for a change of an event or of an occurrence.
 * @throws {DomainError} invalid, naming each field
 */
export function refusePatchBeyondLimits(patch: EventPatch): void {
  refuseFaults([
    ...detailFaults(patch),
    ...appearanceFaults(patch),
    ...productDataFaults(patch),
    ...dateFaults(patch.schedule),
    ...countFaults('invitedUsers', patch.invitedUserIds, MAX_INVITED_USERS),
    ...countFaults('invitedRooms', patch.invitedRoomIds, MAX_INVITED_ROOMS),
    ...countFaults('invited', patch.invited, MAX_INVITED_USERS),
    ...guestFaults(patch.invited ?? []),
  ]);
}

/** The same for an attendee who is added alone. @throws {DomainError} invalid, naming `name` */
export function refuseAttendanceBeyondLimits({ invited }: NewAttendance): void {
  if ('guest' in invited) refuseFaults(textFaults('name', invited.guest.name, 1, MAX_USER_NAME_LENGTH));
}

/** The same for an answer. @throws {DomainError} invalid, naming `comment` */
export function refuseAnswerBeyondLimits({ comment }: Answer): void {
  refuseFaults(commentFaults(comment));
}

export function detailFaults(
  { title, description, location }: Pick<OccurrencePatch, 'title' | 'description' | 'location'>,
  path = '',
): FieldError[] {
  return [
    ...textFaults(`${path}title`, title, 1, MAX_TITLE_LENGTH),
    ...textFaults(`${path}description`, description, 0, MAX_DESCRIPTION_LENGTH),
    ...textFaults(`${path}location`, location, 0, MAX_LOCATION_LENGTH),
  ];
}

function guestFaults(guests: readonly NewGuest[]): FieldError[] {
  return guests.flatMap(({ name }, index) =>
    textFaults(`invited.${index}.name`, name, 1, MAX_USER_NAME_LENGTH),
  );
}

function commentFaults(comment: string | null | undefined, path = ''): FieldError[] {
  return textFaults(`${path}comment`, comment, 0, MAX_COMMENT_LENGTH);
}

function dateFaults({ repeat }: ScheduleCommand = {}): FieldError[] {
  return [
    ...countFaults('repeat.rdates', repeat?.rdates, MAX_DATES),
    ...countFaults('repeat.exdates', repeat?.exdates, MAX_DATES),
  ];
}

function countFaults(field: string, list: readonly unknown[] | undefined, max: number): FieldError[] {
  return list !== undefined && list.length > max
    ? [{ field, message: `must have at most ${max} elements` }]
    : [];
}

function textFaults(field: string, text: string | null | undefined, min: number, max: number): FieldError[] {
  const message = text === null || text === undefined ? null : textFault(text, min, max);
  return message === null ? [] : [{ field, message }];
}
