import { DocumentedAs } from '../../http/document/documented-as.js';
import { Field } from '../../http/fields/field.js';
import { WeekdaysField } from '../../http/fields/weekdays-field.js';

const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

function timeFault(value: unknown, endOfDay: boolean): string | null {
  if (typeof value === 'string' && (TIME_OF_DAY.test(value) || (endOfDay && value === '24:00'))) return null;
  return endOfDay ? 'must be a time of day from 00:00 to 24:00' : 'must be a time of day from 00:00 to 23:59';
}

@DocumentedAs('WorkingHours', 'One row of working hours.')
export class WorkingHoursDto {
  @WeekdaysField({
    description: 'ISO weekdays on which the hours begin: 1 Monday to 7 Sunday. 0 is Sunday too.',
    example: [1, 2, 3, 4, 5],
  })
  days_of_week!: number[];

  @Field(
    {
      description: 'The time of day at which the hours begin, in the time zone of the user.',
      example: '09:00',
    },
    { type: 'string', pattern: TIME_OF_DAY.source },
    (value) => timeFault(value, false),
  )
  from!: string;

  @Field(
    {
      description:
        'The time of day at which the hours end. If it is earlier than `from`, the hours end on the next day. `to` must not equal `from`.',
      example: '18:00',
    },
    { type: 'string', pattern: '^(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)$' },
    (value) => timeFault(value, true),
  )
  to!: string;
}
