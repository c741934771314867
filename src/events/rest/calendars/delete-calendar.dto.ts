import { EVENTS_AT_DELETION, type EventsAtDeletion } from '../../../calendars/model/calendar-deletion.js';
import { ChoiceField } from '../../../http/fields/choice-field.js';

export class DeleteCalendarDto {
  @ChoiceField(EVENTS_AT_DELETION, {
    description:
      'What happens with the events that the user organizes in the calendar: `delete` deletes each as `deleteEvent` does, `move` puts them into the primary calendar. Events that the user only attends move to the primary calendar either way.',
    example: 'move',
  })
  events!: EventsAtDeletion;
}
