import {
  MAX_COUNT,
  MAX_DAYS_IN_MONTH,
  MAX_INTERVAL,
  MAX_RULE_LENGTH,
  MAX_WEEKDAYS_IN_MONTH,
  MONTHS_IN_YEAR,
} from '../../../calendar/recurrence/rule/rule-limits.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField } from '../../../http/fields/choice-field.js';
import { Field } from '../../../http/fields/field.js';
import { IntegerField } from '../../../http/fields/integer-field.js';
import { TextField } from '../../../http/fields/text-field.js';
import { WeekdaysField } from '../../../http/fields/weekdays-field.js';
import { WhenField, WhenListField } from '../../../http/fields/when-field.js';
import { MAX_DATES } from '../../model/event-limits.js';

const WEEKS_OF_MONTH = Array.from({ length: MAX_WEEKDAYS_IN_MONTH }, (_, index) => index + 1);

export const FREQUENCIES = ['daily', 'weekly', 'weekdays', 'monthly', 'yearly'] as const;
export type RepeatFrequency = (typeof FREQUENCIES)[number];

/** The recurrence of an event: as fields such as `frequency`, or as an RFC 5545 rule. */
@DocumentedAs('Repeat', 'The recurrence of an event: as fields such as `frequency`, or as an RFC 5545 rule.')
export class RepeatDto {
  @ChoiceField(FREQUENCIES, {
    description: 'The unit in which the event repeats. `weekdays` means weekly from Monday to Friday.',
    example: 'weekly',
    optional: true,
    nullable: true,
  })
  frequency?: RepeatFrequency | null;

  @IntegerField({
    description: 'The number of days, weeks, months or years from one repetition to the next.',
    example: 1,
    min: 1,
    max: MAX_INTERVAL,
    optional: true,
    nullable: true,
    default: 1,
  })
  interval?: number | null;

  @WeekdaysField({
    description: 'ISO weekdays: 1 Monday to 7 Sunday. 0 means Sunday, too.',
    example: [1, 2, 3],
    optional: true,
    nullable: true,
  })
  days_of_week?: number[] | null;

  @Field(
    {
      description: `With \`days_of_week\`, monthly or yearly: the number of such a weekday in the month, from 1 (the first) to ${MAX_WEEKDAYS_IN_MONTH}, or from its end (-1 the last).`,
      example: 1,
      optional: true,
      nullable: true,
    },
    { type: 'integer', enum: [...WEEKS_OF_MONTH, ...WEEKS_OF_MONTH.map((week) => -week)] },
    (value) =>
      Number.isInteger(value) && value !== 0 && Math.abs(value as number) <= MAX_WEEKDAYS_IN_MONTH
        ? null
        : `must be from 1 to ${MAX_WEEKDAYS_IN_MONTH}, or from -1 (the last) to -${MAX_WEEKDAYS_IN_MONTH}`,
  )
  week_of_month?: number | null;

  @Field(
    {
      description: 'Monthly or yearly: the day, or from the end of the month (-1 its last day).',
      example: 6,
      optional: true,
      nullable: true,
    },
    { type: 'integer', minimum: -MAX_DAYS_IN_MONTH, maximum: MAX_DAYS_IN_MONTH },
    (value) =>
      Number.isInteger(value) && value !== 0 && Math.abs(value as number) <= MAX_DAYS_IN_MONTH
        ? null
        : `must be from 1 to ${MAX_DAYS_IN_MONTH}, or from -1 (the last day) to -${MAX_DAYS_IN_MONTH}`,
  )
  day_of_month?: number | null;

  @IntegerField({
    description: `Yearly: the month, from 1 (January) to ${MONTHS_IN_YEAR} (December).`,
    example: 9,
    min: 1,
    max: MONTHS_IN_YEAR,
    optional: true,
    nullable: true,
  })
  month_of_year?: number | null;

  @WhenField({
    description:
      'The last day on which the event may occur, inclusive, in the time zone of the event; or the last instant.',
    example: '2022-12-31',
    optional: true,
    nullable: true,
  })
  until?: string | null;

  @IntegerField({
    description: 'The number of occurrences.',
    example: 10,
    min: 1,
    max: MAX_COUNT,
    optional: true,
    nullable: true,
  })
  count?: number | null;

  @TextField({
    description:
      'An RFC 5545 recurrence rule of DAILY or slower, without DTSTART, instead of the fields above.',
    example: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    max: MAX_RULE_LENGTH,
    optional: true,
    nullable: true,
  })
  rrule?: string | null;

  @WhenListField({
    description:
      'Starts of additional occurrences. If a change omits this field, the service keeps the rdates of the series unless the rule is different.',
    example: ['2022-09-10T14:16:47Z'],
    optional: true,
    max: MAX_DATES,
  })
  rdates?: string[];

  @WhenListField({
    description:
      'Starts of excluded occurrences. Each must be the start of an occurrence. If a change omits this field, the service keeps the exdates that the rule still yields.',
    example: ['2022-09-13T14:16:47Z'],
    optional: true,
    max: MAX_DATES,
  })
  exdates?: string[];
}
