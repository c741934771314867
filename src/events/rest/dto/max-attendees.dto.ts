import { QueryIntegerField } from '../../../http/fields/integer-field.js';
import { MAX_ATTENDEES_ASKED_FOR } from '../../read/attendees-shown.js';

export class MaxAttendeesDto {
  @QueryIntegerField({
    description:
      'The maximum number of attendees of an event in the response: first the caller or the user of the list, then the ' +
      'organizer, then the others in the order of invitation. `attendees_omitted` counts the rest. Without this ' +
      'parameter, the response has all attendees, the organizer first.',
    example: 10,
    min: 0,
    max: MAX_ATTENDEES_ASKED_FOR,
    optional: true,
  })
  max_attendees?: number;
}
