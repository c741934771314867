import { Body, Controller, Patch, Query, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../access/access.decorator.js';
import { UserPathId } from '../../../access/user-path-id.js';
import { oneOf } from '../../../http/document/one-of.js';
import { PathId } from '../../../http/fields/path-id.js';
import { IfMatch } from '../../../http/precondition/if-match.js';
import { VersionTagInterceptor } from '../../../http/precondition/version-tag.interceptor.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { Precondition } from '../../../platform/precondition.js';
import { EventPlacement } from '../../calendars/event-placement.js';
import { EventDto } from '../dto/event.dto.js';
import { MaxAttendeesDto } from '../dto/max-attendees.dto.js';
import { PrivateEventDto } from '../dto/private-event.dto.js';
import { toSeenEventDto } from '../event.mapper.js';
import { EVENT_FIELDS } from '../event-fields.js';
import { PlaceEventDto } from './place-event.dto.js';

@ApiTags('calendars')
@ApiExtraModels(EventDto, PrivateEventDto)
@UseInterceptors(VersionTagInterceptor, new WireNamesInterceptor(EVENT_FIELDS))
@Controller('users/:user_id/events/:event_id')
export class UserEventController {
  constructor(private readonly placement: EventPlacement) {}

  @Patch()
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'updateUserEvent',
    summary: 'Put an event into another calendar of an attendee',
    description:
      'The user attends or organizes the event (else 404 `event_not_found`), and only the user, or an API key, may move it (403 `forbidden`). The event gets a new `version`. Nothing else changes for the other attendees. 404 `calendar_not_found`: the user has no such calendar. ' +
      'If the event takes time in the new calendar alone and the user has `double_booking: "reject"`, the service refuses a conflict (409 `time_taken`).',
  })
  @ApiOkResponse({
    description: 'The event after the change.',
    schema: oneOf(EventDto, PrivateEventDto),
  })
  @ApiProblems(400, 403, 404, 409)
  async place(
    @UserPathId() userId: number,
    @PathId('event_id') eventId: number,
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Body() { calendar_id: calendarId }: PlaceEventDto,
    @IfMatch() precondition: Precondition,
  ): Promise<EventDto | PrivateEventDto> {
    return toSeenEventDto(
      await this.placement.place({ userId, eventId, calendarId }, precondition),
      maxAttendees,
    );
  }
}
