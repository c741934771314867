import type { OpenAPIObject } from '@nestjs/swagger';
import type { RepeatDto, RepeatFrequency } from './repeat.dto.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type SchemaObject = Exclude<Schemas[string], { readonly $ref: string }>;
type Field = keyof RepeatDto;

/** One way to repeat, with its fields besides `rdates` and `exdates`. */
interface Variant {
  readonly description: string;
  /** Absent: the variant has no frequency, interval and end. */
  readonly frequency?: RepeatFrequency;
  readonly required?: readonly Field[];
  readonly optional?: readonly Field[];
  readonly example: RepeatDto;
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  DailyRepeat: {
    description: 'Every day, or every day of these weekdays.',
    frequency: 'daily',
    optional: ['days_of_week'],
    example: { frequency: 'daily', interval: 2 },
  },
  WeeklyRepeat: {
    description: 'Every week, on these weekdays or on the weekday of the start.',
    frequency: 'weekly',
    optional: ['days_of_week'],
    example: { frequency: 'weekly', days_of_week: [1, 2, 3] },
  },
  WeekdaysRepeat: {
    description: 'Every week from Monday to Friday. A response has `weekly` with these weekdays.',
    frequency: 'weekdays',
    example: { frequency: 'weekdays', until: '2022-12-31' },
  },
  MonthlyByDayRepeat: {
    description: 'Every month, on this day or on the day of the start.',
    frequency: 'monthly',
    optional: ['day_of_month'],
    example: { frequency: 'monthly', day_of_month: 6 },
  },
  MonthlyByWeekdayRepeat: {
    description: 'Every month, on each of these weekdays, or on these weekdays of one week of the month.',
    frequency: 'monthly',
    required: ['days_of_week'],
    optional: ['week_of_month'],
    example: { frequency: 'monthly', days_of_week: [2], week_of_month: 1 },
  },
  YearlyByDayRepeat: {
    description: 'Every year, on this day of this month, or on the day or in the month of the start.',
    frequency: 'yearly',
    optional: ['month_of_year', 'day_of_month'],
    example: { frequency: 'yearly', month_of_year: 9, day_of_month: 6 },
  },
  YearlyByWeekdayRepeat: {
    description:
      'Every year, in this month or in the month of the start, on each of these weekdays, or on these weekdays of one week.',
    frequency: 'yearly',
    required: ['days_of_week'],
    optional: ['month_of_year', 'week_of_month'],
    example: { frequency: 'yearly', month_of_year: 11, days_of_week: [4], week_of_month: 4 },
  },
  RuleRepeat: {
    description: 'By a rule of RFC 5545, which names its own interval and end.',
    required: ['rrule'],
    example: { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' },
  },
  DatesRepeat: {
    description: 'On these dates, in addition to the start.',
    required: ['rdates'],
    example: { rdates: ['2022-09-10T14:16:47Z'] },
  },
};

const ENDS: readonly Field[] = ['until', 'count'];

/** Every series may have these. */
const DATES: readonly Field[] = ['rdates', 'exdates'];

/**
 * Replaces the schema of `RepeatDto`, which has the fields of all ways to repeat, by one schema for each way. A type that
 * is generated from the document then has only fields that go together.
 * @throws {Error} if a class is documented under the name of a variant
 */
export function describeRepeatVariants({ components }: OpenAPIObject): void {
  const schemas = components?.schemas ?? {};
  const repeat = schemas.Repeat as SchemaObject;
  const fields = repeat.properties as Record<Field, SchemaObject>;
  const made: Schemas = { RepeatEnd: endOf(fields) };
  for (const [name, variant] of Object.entries(VARIANTS)) made[name] = schemaOf(variant, fields);
  const duplicate = Object.keys(made).find((name) => name in schemas);
  if (duplicate !== undefined)
    throw new Error(`A class is documented as ${duplicate}, as a variant of Repeat is.`);
  Object.assign(schemas, made, {
    Repeat: {
      description: repeat.description,
      oneOf: Object.keys(VARIANTS).map((name) => ({ $ref: `#/components/schemas/${name}` })),
      example: VARIANTS.WeeklyRepeat.example,
    },
  });
}

function schemaOf(variant: Variant, fields: Readonly<Record<Field, SchemaObject>>): SchemaObject {
  const { description, frequency, required = [], example } = variant;
  const properties: Record<string, SchemaObject> = Object.fromEntries(
    fieldsOf(variant).map((field) => [field, withoutNull(fields[field])]),
  );
  const others = fieldsOfOthers(variant);
  const exclusion =
    others.length > 0 ? { not: { anyOf: others.map((field) => ({ required: [field] })) } } : {};
  if (frequency === undefined)
    return { type: 'object', properties, required: [...required], ...exclusion, description, example };
  properties.frequency = { ...properties.frequency, enum: [frequency], example: frequency };
  const pattern: SchemaObject = {
    type: 'object',
    properties,
    required: ['frequency', ...required],
    ...exclusion,
  };
  return { description, allOf: [pattern, { $ref: '#/components/schemas/RepeatEnd' }], example };
}

function fieldsOf({ frequency, required = [], optional = [] }: Variant): Field[] {
  const first: readonly Field[] = frequency === undefined ? [] : ['frequency', 'interval'];
  return [...new Set([...first, ...required, ...optional, ...DATES])];
}

/** The fields of other variants alone. Without their exclusion, variants of one frequency would match the same body. */
function fieldsOfOthers(variant: Variant): Field[] {
  const own = new Set(fieldsOf(variant));
  const alike = Object.values(VARIANTS).filter(
    ({ frequency }) => variant.frequency === undefined || frequency === variant.frequency,
  );
  const all = [...alike.flatMap(fieldsOf), ...(variant.frequency === undefined ? ENDS : [])];
  return [...new Set(all)].filter((field) => !own.has(field));
}

function endOf({ until, count }: Readonly<Record<Field, SchemaObject>>): SchemaObject {
  return {
    description: 'The end of a series: a last day, a number of occurrences, or none.',
    type: 'object',
    properties: { until: withoutNull(until), count: withoutNull(count) },
    not: { required: ['until', 'count'] },
    example: { until: '2022-12-31' },
  };
}

function withoutNull(schema: SchemaObject): SchemaObject {
  const { type, enum: choices } = schema;
  if (!Array.isArray(type)) return schema;
  return {
    ...schema,
    type: type.find((one) => one !== 'null'),
    ...(choices && { enum: choices.filter((choice) => choice !== null) }),
  };
}
