import { describe, expect, test } from '@jest/globals';
import { isoWeekdays } from '../../calendar/weekday.js';
import { DomainError } from '../../errors/domain-error.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { InputPipe } from '../input-pipe.js';
import { ChoiceField, FlagField, QueryFlagField } from './choice-field.js';
import { DurationField, QueryDurationField } from './duration-field.js';
import { EmailField } from './email-field.js';
import { IdListField, QueryIdListField } from './id-list-field.js';
import { INSTANT_MESSAGE, QueryInstantField } from './instant-field.js';
import { IntegerField, integerOf, QueryIntegerField } from './integer-field.js';
import { NestedField, NestedListField } from './nested-field.js';
import { PasswordField } from './password-field.js';
import { TextField } from './text-field.js';
import { TimeZoneField } from './time-zone-field.js';
import { WeekdaysField } from './weekdays-field.js';
import { MAX_WHEN_LENGTH, WHEN_MESSAGE, WhenField, WhenListField } from './when-field.js';

const DURATION_MESSAGE = 'must be a duration such as 1h, 90m, 1h30m, 45s, PT1H30M or whole seconds';
const description = 'A field.';

class Room {
  @IntegerField({ description, min: 1, max: 9 })
  number!: number;
}

/** The value of the only field of a request, as its handler gets it. @throws {DomainError} */
async function valueIn(field: PropertyDecorator, body: object): Promise<unknown> {
  class Dto {
    @field
    value!: unknown;
  }
  const dto = await new InputPipe().transform(body, { type: 'query', metatype: Dto });
  return (dto as Dto).value;
}

async function faultsOf(field: PropertyDecorator, body: object): Promise<unknown> {
  return valueIn(field, body).then(
    () => [],
    (error: DomainError) => error.errors,
  );
}

const required = { description };
const FIELDS = {
  text: TextField({ ...required, max: 3 }),
  password: PasswordField({ ...required, min: 8 }),
  email: EmailField(required),
  zone: TimeZoneField(required),
  choice: ChoiceField(['busy', 'free'], required),
  flag: FlagField(required),
  'query flag': QueryFlagField(required),
  integer: IntegerField({ ...required, min: 1, max: 9 }),
  'query integer': QueryIntegerField({ ...required, min: 1, max: 9 }),
  ids: IdListField({ ...required, min: 1, max: 2 }),
  'query ids': QueryIdListField({ ...required, min: 1, max: 2 }),
  duration: DurationField({ ...required, min: 60, max: 3_600 }),
  'query duration': QueryDurationField({ ...required, min: 60, max: 3_600 }),
  instant: QueryInstantField(required),
  weekdays: WeekdaysField(required),
  when: WhenField(required),
  whens: WhenListField({ ...required, max: 1 }),
  nested: NestedField(() => Room, required),
  'nested list': NestedListField(() => Room, { ...required, max: 1 }),
} satisfies Record<string, PropertyDecorator>;
type Name = keyof typeof FIELDS;

describe('a field', () => {
  test.each<[Name, unknown, unknown]>([
    ['text', 'abc', 'abc'],
    ['password', 'x'.repeat(128), 'x'.repeat(128)],
    ['email', 'Ann@Example.com', 'Ann@Example.com'],
    ['zone', 'Europe/Moscow', 'Europe/Moscow'],
    ['choice', 'free', 'free'],
    ['flag', false, false],
    ['query flag', 'true', true],
    ['query flag', 'false', false],
    ['integer', 9, 9],
    ['query integer', '9', 9],
    ['ids', [1, MAX_ID], [1, MAX_ID]],
    ['query ids', '5', [5]],
    ['query ids', ['5', '6'], [5, 6]],
    ['duration', 60, 60],
    ['duration', '60', 60],
    ['duration', '1h', 3_600],
    ['query duration', '1h', 3_600],
    ['query duration', '60', 60],
    ['instant', '2026-01-05T03:00:00 03:00', '2026-01-05T03:00:00+03:00'],
    ['instant', '2026-01-05T03:00:00Z', '2026-01-05T03:00:00Z'],
    ['weekdays', [0, 7], [0, 7]],
    ['when', '2026-01-05', '2026-01-05'],
    ['when', '2026-01-05T10:00:00', '2026-01-05T10:00:00'],
    ['whens', [], []],
    ['nested', { number: 3 }, Object.assign(new Room(), { number: 3 })],
    ['nested list', [{ number: 3 }], [Object.assign(new Room(), { number: 3 })]],
  ])('of the kind %s reads %p as %p', async (name, sent, value) => {
    expect(await valueIn(FIELDS[name], { value: sent })).toEqual(value);
  });

  test.each<[Name, unknown, string]>([
    ['text', '', 'must not be empty'],
    ['text', 'abcd', 'must have at most 3 characters'],
    ['email', 'ann', 'must be an email address'],
    ['zone', 'Europe/Nowhere', 'must be an IANA time zone name such as Europe/Moscow'],
    ['choice', 'BUSY', 'must be one of busy, free'],
    ['flag', 'true', 'must be true or false'],
    ['query flag', 'yes', 'must be true or false'],
    ['integer', 10, 'must be an integer from 1 to 9'],
    ['integer', 1.5, 'must be an integer from 1 to 9'],
    ['integer', '1', 'must be an integer from 1 to 9'],
    ['query integer', '0x1', 'must be an integer from 1 to 9'],
    ['ids', 5, 'must be a list of ids'],
    ['ids', [], 'must name at least 1'],
    ['ids', [1, 2, 3], 'must name at most 2'],
    ['ids', [0], `must hold integers from 1 to ${MAX_ID} only`],
    ['query ids', '1e3', `must hold integers from 1 to ${MAX_ID} only`],
    ['duration', '1w', DURATION_MESSAGE],
    ['duration', 60.5, DURATION_MESSAGE],
    ['duration', [60], DURATION_MESSAGE],
    ['duration', 59, 'must be from 60 to 3600 seconds'],
    ['duration', '1h1s', 'must be from 60 to 3600 seconds'],
    ['query duration', '1w', DURATION_MESSAGE],
    ['query duration', '59', 'must be from 60 to 3600 seconds'],
    ['instant', '2026-01-05', INSTANT_MESSAGE],
    ['weekdays', [], 'must list one to seven weekdays, 1 Monday to 7 Sunday'],
    ['weekdays', [8], 'must list one to seven weekdays, 1 Monday to 7 Sunday'],
    ['when', '2026-02-30', WHEN_MESSAGE],
    ['when', `2026-01-05T10:00:00.${'0'.repeat(MAX_WHEN_LENGTH)}Z`, WHEN_MESSAGE],
    ['whens', ['2026-01-05', '2026-01-06'], 'must hold at most 1'],
    ['whens', ['today'], `each ${WHEN_MESSAGE}`],
    ['whens', '2026-01-05', 'must be a list'],
    ['nested', 'room', 'must be an object'],
    ['nested list', { number: 3 }, 'must be a list'],
    ['nested list', [[{ number: 3 }]], 'must hold objects'],
    ['nested list', [{ number: 1 }, { number: 2 }], 'must hold at most 1'],
  ])('of the kind %s refuses %p: %s', async (name, sent, message) => {
    expect(await faultsOf(FIELDS[name], { value: sent })).toContainEqual({ field: 'value', message });
  });

  test.each<[Name, unknown, string]>([
    ['nested', { number: 0 }, 'value.number'],
    ['nested list', [{ number: 0 }], 'value.0.number'],
  ])('of the kind %s names the place of a fault in %p', async (name, sent, field) => {
    const message = 'must be an integer from 1 to 9';
    expect(await faultsOf(FIELDS[name], { value: sent })).toEqual([{ field, message }]);
  });

  test.each(Object.keys(FIELDS) as Name[])(
    'of the kind %s is required, unless it is optional',
    async (name) => {
      expect(await faultsOf(FIELDS[name], {})).toEqual([{ field: 'value', message: 'is required' }]);
    },
  );

  test.each([
    [{ optional: true }, {}, undefined],
    [{ nullable: true }, { value: null }, null],
    [{ optional: true, nullable: true }, { value: null }, null],
  ])('with %p accepts %p', async (options, body, value) => {
    expect(await valueIn(TextField({ ...required, ...options, max: 3 }), body)).toBe(value);
  });

  test.each([
    [{ optional: true }, { value: null }],
    [{ nullable: true }, {}],
  ])('with %p refuses %p', async (options, body) => {
    expect(await faultsOf(TextField({ ...required, ...options, max: 3 }), body)).toHaveLength(1);
  });
});

test.each([
  ['0', 0],
  ['-1', -1],
  ['999999999999999', 999_999_999_999_999],
  ['1000000000000000', '1000000000000000'],
  ['01', '01'],
  ['+1', '+1'],
  ['1.0', '1.0'],
  [' 1', ' 1'],
  [7, 7],
])('%p in a path or a query is %p', (text, value) => {
  expect(integerOf(text)).toBe(value);
});

test.each([
  [[0], [7]],
  [[7, 0], [7]],
  [
    [5, 1, 5],
    [1, 5],
  ],
])('the weekdays %p are the ISO weekdays %p', (days, iso) => {
  expect(isoWeekdays(days)).toEqual(iso);
});
