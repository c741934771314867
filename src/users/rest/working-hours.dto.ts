import { SHIFT_ENDS, SHIFT_STARTS } from '../../calendar/availability/hours/shift-times.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { WeekdaysField } from '../../http/fields/weekdays-field.js';
import { ShiftTimeField } from './shift-time-field.js';

@DocumentedAs('WorkingHours', 'One row of working hours.')
export class WorkingHoursDto {
  @WeekdaysField({
    description: 'ISO weekdays on which the hours begin: 1 Monday to 7 Sunday. 0 is Sunday too.',
    example: [1, 2, 3, 4, 5],
  })
  days_of_week!: number[];

  @ShiftTimeField(
    {
      description: 'The time of day at which the hours begin, in the time zone of the user.',
      example: '09:00',
    },
    SHIFT_STARTS,
  )
  from!: string;

  @ShiftTimeField(
    {
      description:
        'The time of day at which the hours end. If it is earlier than `from`, the hours end on the next day. `to` must not equal `from`.',
      example: '18:00',
    },
    SHIFT_ENDS,
  )
  to!: string;
}
