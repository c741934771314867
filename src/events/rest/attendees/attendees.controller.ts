import { Body, Controller, Delete, HttpCode, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../access/access.decorator.js';
import { Created } from '../../../http/created/created.decorator.js';
import { PathId } from '../../../http/fields/path-id.js';
import { IfMatch } from '../../../http/precondition/if-match.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../../idempotency/idempotent.decorator.js';
import { Precondition } from '../../../platform/precondition.js';
import { MAX_INVITED_USERS } from '../../model/event-limits.js';
import { type AddedAttendeeView, AttendeeWriter } from '../../write/one-attendee/attendee-writer.js';
import { toConflictsDto, toWarnings } from '../conflict.mapper.js';
import { toAttendeeDto } from '../event.mapper.js';
import { toWhen } from '../event-command.mapper.js';
import { EVENT_FIELDS } from '../event-fields.js';
import { AddedAttendeeDto } from './added-attendee.dto.js';
import { toNewAttendance } from './attendee-command.mapper.js';
import { NewAttendeeDto, OccurrenceQueryDto } from './new-attendee.dto.js';

const ATTENDEE_FIELDS = {
  ...EVENT_FIELDS,
  attendee: 'user_id',
  room: 'room_id',
  invitedUsers: 'user_id',
  invited: 'email',
  start: 'user_id',
};

@ApiTags('attendees')
@UseInterceptors(new WireNamesInterceptor(ATTENDEE_FIELDS))
@Controller('events/:event_id/attendees')
export class AttendeesController {
  constructor(private readonly writer: AttendeeWriter) {}

  @Post()
  @Idempotent<AttendeesController>({
    replay: async (controller, inviteId) => controller.getAdded(inviteId),
    idField: 'invite_id',
  })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'createAttendee',
    summary: 'Invite one person, or one room, to an event',
    description:
      'The service adds the person and changes nothing about the other attendees. With `original_start`, the person attends that occurrence ' +
      'of the series alone; a request without it then adds the person to all of it. If the person has declined before and was removed, the decline stays. 409 `already_attends`: ' +
      'the person attends the event or the occurrence. A room with `auto_accept` accepts by itself; other rooms stay `needs_action`. ' +
      '409 `time_taken`: the room is busy or closed at the time, and the service stores nothing. ' +
      `400 \`too_many_attendees\`: the event has ${MAX_INVITED_USERS} attendees ` +
      'beside the organizer. 409 `time_taken` and 429 `too_many_invitations`: see `createEvent`.',
  })
  @Created(
    '/event-invites/1',
    {
      description: 'The attendee as in the event, and the events at whose time the person is busy.',
      type: AddedAttendeeDto,
    },
    ({ invite_id: inviteId }) => `/event-invites/${String(inviteId)}`,
  )
  @ApiProblems(400, 403, 404, 409, 429)
  async add(
    @PathId('event_id') eventId: number,
    @Body() input: NewAttendeeDto,
    @IfMatch() precondition: Precondition,
  ): Promise<AddedAttendeeDto> {
    return toAddedAttendeeDto(await this.writer.add(eventId, toNewAttendance(input), precondition));
  }

  /** The response to a repeat of the request that added the attendee. */
  async getAdded(inviteId: number): Promise<AddedAttendeeDto> {
    return toAddedAttendeeDto(await this.writer.addedBefore(inviteId));
  }

  @Delete(':user_id')
  @HttpCode(204)
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'deleteAttendee',
    summary: 'Remove a user or a room from an event',
    description:
      "The organizer, or a writer of the organizer's calendar, removes users and rooms; an attendee declines the invite instead. A removed room is free again. With `original_start`, the user is " +
      'removed from that occurrence alone. The service keeps a decline: if the user is invited again, the invitation starts as declined. ' +
      '409 `organizer_attends`: an organizer who hands the event over can be removed afterwards.',
  })
  @ApiNoContentResponse({ description: 'The user does not attend the event, or the occurrence, any more.' })
  @ApiProblems(400, 403, 404, 409)
  async remove(
    @PathId('event_id') eventId: number,
    @PathId('user_id') userId: number,
    @Query() { original_start: originalStart }: OccurrenceQueryDto,
    @IfMatch() precondition: Precondition,
  ): Promise<void> {
    const at = originalStart === undefined ? undefined : toWhen('original_start', originalStart);
    await this.writer.remove(eventId, { userId }, at, precondition);
  }
}

function toAddedAttendeeDto({ added, warnings, ...booked }: AddedAttendeeView): AddedAttendeeDto {
  return { ...toAttendeeDto(added), ...toConflictsDto(booked), ...toWarnings(warnings) };
}
