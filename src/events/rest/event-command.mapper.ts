import { lengthOfDuration } from '../../calendar/time/length.js';
import { parseWhen, type When } from '../../calendar/time/when.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { preconditionOf } from '../../http/precondition/if-match-field.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { newMetadata } from '../../platform/values/metadata.js';
import type { Conference } from '../model/appearance/conference.js';
import type { EventPatch, NewEvent, NewGuest, OccurrenceName, OccurrenceScope } from '../model/commands.js';
import type { EndOrLength, RepeatCommand, ScheduleCommand } from '../model/schedule/schedule-command.js';
import type { BatchedPatch } from '../write/batch/batched-patch.js';
import type { InvitedDto } from './dto/attendee.dto.js';
import type { BatchedEventPatchDto } from './dto/batch.dto.js';
import type { CreateEventDto } from './dto/create-event.dto.js';
import type { RepeatDto } from './dto/repeat.dto.js';
import type { UpdateEventDto } from './dto/update-event.dto.js';
import { toNamedRule } from './repeat/repeat-rule.js';

/** The fields of a body that concern times. */
type ScheduleDto = Partial<
  Pick<
    CreateEventDto,
    'start_date' | 'end_date' | 'duration' | 'all_day' | 'time_zone' | 'end_time_zone' | 'floating' | 'repeat'
  >
>;

/** @throws {DomainError} invalid, naming the field */
export function toNewEvent(input: CreateEventDto): NewEvent {
  const { all_day: allDay = false } = input;
  return {
    organizerId: input.organizer_user_id,
    ...(input.calendar_id !== undefined && { calendarId: input.calendar_id }),
    invitedUserIds: input.invited_user_ids ?? [],
    invitedRoomIds: input.invited_room_ids ?? [],
    invited: toNewGuests(input.invited ?? []),
    title: input.title,
    description: descriptionOf(input) ?? null,
    location: input.location || null,
    ...(input.visibility !== undefined && { visibility: input.visibility }),
    // Whoever invites a room wants the room to be taken.
    showAs: input.show_as ?? (allDay && !input.invited_room_ids?.length ? 'free' : 'busy'),
    schedule: toScheduleCommand({ ...input, all_day: allDay }) ?? {},
    url: input.url ?? null,
    color: colorOf(input) ?? null,
    categories: input.categories ?? [],
    conference: conferenceOf(input) ?? null,
    externalId: input.external_id ?? null,
    metadata: newMetadata(input.metadata),
    conflictPolicy: input.conflict_policy ?? 'allow',
  };
}

/** @throws {DomainError} invalid, naming the field */
export function toEventPatch(input: UpdateEventDto): EventPatch {
  return definedFields({
    organizerId: input.organizer_user_id,
    calendarId: input.calendar_id,
    title: input.title,
    description: descriptionOf(input),
    location: input.location === undefined ? undefined : input.location || null,
    showAs: input.show_as,
    status: input.status,
    visibility: input.visibility,
    schedule: toScheduleCommand(input),
    invitedUserIds: input.invited_user_ids,
    invitedRoomIds: input.invited_room_ids,
    invited: input.invited && toNewGuests(input.invited),
    keepAnswers: input.keep_answers,
    url: input.url,
    color: colorOf(input),
    categories: input.categories === null ? [] : input.categories,
    conference: conferenceOf(input),
    externalId: input.external_id,
    metadata: input.metadata,
    conflictPolicy: input.conflict_policy,
  });
}

/** @throws {DomainError} invalid, naming the field */
export function toBatchedPatch({ id, if_match: ifMatch, ...input }: BatchedEventPatchDto): BatchedPatch {
  if (Object.values(input).every((value) => value === undefined))
    throw new DomainError('invalid', 'invalid_input', 'At least one field to change is expected.');
  return { id, precondition: preconditionOf(ifMatch), patch: toEventPatch(input) };
}

/** @throws {DomainError} invalid, naming `original_start` */
export function toOccurrenceName(originalStart: string, scope: OccurrenceScope = 'this'): OccurrenceName {
  const when = parseWhen(originalStart);
  if (when !== null) return { originalStart: when, scope };
  throw invalidInput({ field: 'original_start', message: 'must be a date or an RFC 3339 instant' });
}

/**
 * The times that a body names; undefined if it names none.
 * @throws {DomainError} invalid, naming the field
 * @public Unit tests use it.
 */
export function toScheduleCommand(input: ScheduleDto): ScheduleCommand | undefined {
  const command = definedFields({
    allDay: input.all_day,
    timeZone: input.time_zone,
    endTimeZone: input.end_time_zone,
    floating: input.floating,
    start: input.start_date === undefined ? undefined : toWhen('start_date', input.start_date),
    endOrLength: toEndOrLength(input),
    repeat: input.repeat && toRepeatCommand(input.repeat),
  });
  return Object.keys(command).length === 0 ? undefined : command;
}

/** @throws {DomainError} invalid, naming `field` */
export function toWhen(field: string, text: string): When {
  const when = parseWhen(text);
  if (when === null) throw invalidInput({ field, message: 'is not a time' });
  return when;
}

/** The unit of `duration` follows from `all_day`, or from the event if a change does not name `all_day`. */
function toEndOrLength({ end_date: end, duration, all_day: allDay }: ScheduleDto): EndOrLength | undefined {
  if (end !== undefined && duration !== undefined)
    throw invalidInput({ field: 'end_date', message: 'does not go with duration: send only one of them' });
  if (end !== undefined) return { end: toWhen('end_date', end) };
  if (duration === undefined) return undefined;
  return allDay === undefined
    ? { durationInUnitOfEvent: duration }
    : { length: lengthOfDuration(duration, allDay) };
}

function toRepeatCommand(repeat: RepeatDto): RepeatCommand {
  const { rdates, exdates } = repeat;
  return {
    rule: toNamedRule(repeat),
    ...(rdates !== undefined && { rdates: rdates.map((text) => toWhen('repeat.rdates', text)) }),
    ...(exdates !== undefined && { exdates: exdates.map((text) => toWhen('repeat.exdates', text)) }),
  };
}

/**
 * The description, which a body names as `desc` or as `description`. Null: none; undefined: not named.
 * @throws {DomainError} invalid, naming `desc`, if a body names both and they differ
 */
function descriptionOf({ desc, description }: Pick<UpdateEventDto, 'desc' | 'description'>) {
  if (desc !== undefined && description !== undefined && desc !== description)
    throw invalidInput({ field: 'desc', message: 'differs from description: send only one of them' });
  const text = description === undefined ? desc : description;
  return text === '' ? null : text;
}

/** The color in lower case, in which the service keeps it. */
function colorOf({ color }: Pick<UpdateEventDto, 'color'>): string | null | undefined {
  return color?.toLowerCase() ?? color;
}

/** The whole conference: a field that the body does not name has no value. */
function conferenceOf({ conference }: Pick<UpdateEventDto, 'conference'>): Conference | null | undefined {
  if (conference === null || conference === undefined) return conference;
  const { url = null, provider = null, phone = null, pin = null } = conference;
  return { url, provider, phone, pin };
}

/** The fields that have a value. */
function definedFields<T extends object>(fields: T): { [Field in keyof T]?: Exclude<T[Field], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** People by their addresses, one of each normalised address: of two with one address, the last. */
function toNewGuests(invited: readonly InvitedDto[]): NewGuest[] {
  return [...new Map(invited.map((one) => [normalisedEmail(one.email), toNewGuest(one)])).values()];
}

/** @throws {DomainError} invalid, naming `email` */
export function toNewGuest({ email, name, role }: InvitedDto): NewGuest {
  const address = normalisedEmail(email);
  if (address === null) throw invalidInput({ field: 'email', message: 'must be an email address' });
  return { address, email, ...(name !== undefined && { name }), ...(role !== undefined && { role }) };
}
