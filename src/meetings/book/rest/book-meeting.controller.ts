import { Body, Controller, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../access/access.decorator.js';
import { EventsService } from '../../../events/read/events.service.js';
import { BookedEventDto, type BookedPrivateEventDto } from '../../../events/rest/dto/booked-event.dto.js';
import { MaxAttendeesDto } from '../../../events/rest/dto/max-attendees.dto.js';
import { toBookedEventDto, toCreatedEventDto } from '../../../events/rest/event.mapper.js';
import { EVENT_FIELDS } from '../../../events/rest/event-fields.js';
import { Created } from '../../../http/created/created.decorator.js';
import { VersionTagInterceptor } from '../../../http/precondition/version-tag.interceptor.js';
import { ApiProblems } from '../../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../../idempotency/idempotent.decorator.js';
import { MEETING_FIELDS } from '../../rest/meeting-search.mapper.js';
import { MeetingBookingService } from '../meeting-booking.service.js';
import { BookMeetingDto } from './book-meeting.dto.js';
import { toMeetingBooking } from './book-meeting.mapper.js';

// In a path, `::` is Fastify's literal colon.
@ApiTags('meetings')
@UseInterceptors(VersionTagInterceptor, new WireNamesInterceptor({ ...EVENT_FIELDS, ...MEETING_FIELDS }))
@Controller('events::book')
export class BookMeetingController {
  constructor(
    private readonly meetings: MeetingBookingService,
    private readonly events: EventsService,
  ) {}

  @Post()
  @Idempotent<BookMeetingController>({
    replay: async (controller, id, { query }) => controller.getBooked(id, query),
  })
  @Access('caller', 'events.write')
  @ApiOperation({
    operationId: 'bookMeeting',
    summary: 'Book a meeting of groups',
    description:
      'The service chooses the members of each group as `findTimes` does, and creates the event with them, or nothing. Bookings of one member wait for each other, so no two of them choose the member for the same time. 409 `time_taken`: a group has too few members who can attend. A series must end, and its members can attend all of its occurrences. Of the search, `from`, `to`, `step`, `limit`, `starts`, `prefer` and `explain` do not matter; so a client can send the body of the search. The other fields are those of `createEvent`. The time of people who are in no group is not checked, unless they, or `conflict_policy`, refuse conflicts.',
  })
  @Created(
    '/events/1',
    { description: 'The event.', type: BookedEventDto },
    ({ id }) => `/events/${String(id)}`,
  )
  @ApiProblems(400, 403, 404, 409, 429)
  async book(
    @Query() { max_attendees: maxAttendees }: MaxAttendeesDto,
    @Body() input: BookMeetingDto,
  ): Promise<BookedEventDto> {
    return toCreatedEventDto(await this.meetings.book(toMeetingBooking(input)), maxAttendees);
  }

  /** The response to a repeat of the request that booked the event. */
  async getBooked(
    id: number,
    { max_attendees: given }: Readonly<Record<string, unknown>>,
  ): Promise<BookedEventDto | BookedPrivateEventDto> {
    const maxAttendees = given === undefined ? undefined : Number(given);
    return toBookedEventDto(await this.events.seeCreated(id), maxAttendees);
  }
}
