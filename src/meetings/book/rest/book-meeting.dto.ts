import { IntersectionType, OmitType } from '@nestjs/swagger';
import { CreateEventDto } from '../../../events/rest/dto/create-event.dto.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { GroupMeetingDto } from '../../groups/rest/meeting-group.dto.js';

/** A meeting takes a time of day, of the length that its search has. */
const EventFieldsDto = OmitType(CreateEventDto, ['duration', 'end_date', 'all_day', 'floating', 'time_zone']);

@DocumentedAs(
  'NewMeeting',
  'A meeting to book: the fields of the search, the start, and fields of a new event.',
)
export class BookMeetingDto extends IntersectionType(EventFieldsDto, GroupMeetingDto) {}
