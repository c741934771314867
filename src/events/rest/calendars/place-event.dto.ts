import { DocumentedAs } from '../../../http/document/documented-as.js';
import { IdField } from '../../../http/fields/integer-field.js';

@DocumentedAs('UserEventPatch', 'A change of what one attendee alone has of an event.')
export class PlaceEventDto {
  @IdField({ description: 'The calendar of the user that has the event from now on.', example: 2 })
  calendar_id!: number;
}
