import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  type Document,
  operationsOf,
  type Parameter,
  resolved,
  type Schema,
} from '../../support/openapi/operation.js';

const document: Document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const operations = operationsOf(document);
const schemas = Object.entries(document.components.schemas);

/** The words that an operation's name begins with, as a person would name its effect. */
const VERBS =
  /^(?:accept|book|cancel|change|confirm|create|decline|delete|exchange|export|extend|find|forgot|get|import|list|log|redeliver|refresh|replace|reset|revoke|rotate|search|set|stream|subscribe|tentativelyAccept|test|update|verify)[A-Z]/;

function said({ description, example }: { description?: string; example?: unknown }): boolean {
  return typeof description === 'string' && description !== '' && example !== undefined;
}

/** An optional parameter shows its example where forms do not fill it in. */
function asShown({ description, example, schema }: Parameter): { description?: string; example?: unknown } {
  return { description, example: example ?? schema.examples?.[0] };
}

const validator = new Ajv2020({ strict: false });
validator.addSchema(document, 'document');

/** The variants of `Repeat` that a value is of. */
function waysToRepeat(repeat: object): string[] {
  const variants = document.components.schemas.Repeat.oneOf ?? [];
  const names = variants.flatMap(({ $ref }) => $ref?.split('/').at(-1) ?? []);
  return names.filter((name) => validator.validate(`document#/components/schemas/${name}`, repeat));
}

const REPEATS: [string, object][] = [
  ['DailyRepeat', { frequency: 'daily', interval: 2, count: 10 }],
  ['DailyRepeat', { frequency: 'daily', days_of_week: [1] }],
  ['WeeklyRepeat', { frequency: 'weekly', days_of_week: [1, 2, 3], until: '2022-12-31' }],
  ['WeekdaysRepeat', { frequency: 'weekdays', exdates: ['2022-09-07T14:16:47Z'] }],
  ['MonthlyByDayRepeat', { frequency: 'monthly' }],
  ['MonthlyByDayRepeat', { frequency: 'monthly', day_of_month: 6 }],
  ['MonthlyByWeekdayRepeat', { frequency: 'monthly', days_of_week: [2] }],
  ['MonthlyByWeekdayRepeat', { frequency: 'monthly', days_of_week: [2], week_of_month: -1 }],
  ['YearlyByDayRepeat', { frequency: 'yearly', month_of_year: 9, day_of_month: 6 }],
  ['YearlyByWeekdayRepeat', { frequency: 'yearly', month_of_year: 9, days_of_week: [2], week_of_month: 1 }],
  ['RuleRepeat', { rrule: 'FREQ=DAILY', rdates: ['2022-09-10T14:16:47Z'] }],
  ['DatesRepeat', { rdates: ['2022-09-10T14:16:47Z'] }],
];

const IMPOSSIBLE_REPEATS: [string, object][] = [
  ['by no rule', {}],
  ['hourly', { frequency: 'hourly' }],
  ['monthly on a day and weekdays', { frequency: 'monthly', day_of_month: 6, days_of_week: [2] }],
  ['monthly in a week without weekdays', { frequency: 'monthly', week_of_month: 1 }],
  ['yearly on a day and weekdays', { frequency: 'yearly', day_of_month: 6, days_of_week: [2] }],
  ['with two ends', { frequency: 'daily', until: '2022-12-31', count: 10 }],
  ['by a rule with an end beside it', { rrule: 'FREQ=DAILY', count: 10 }],
  ['on dates with an interval', { rdates: ['2022-09-10T14:16:47Z'], interval: 2 }],
];

describe('the document', () => {
  test('describes every schema and every field, each with an example', () => {
    const fields = schemas.flatMap(([name, schema]) =>
      Object.entries<Schema>(schema.properties ?? {}).map(([field, property]) => ({
        name: `${name}.${field}`,
        schema: property,
      })),
    );
    const all = [...schemas.map(([name, schema]) => ({ name, schema })), ...fields];
    expect(all.filter(({ schema }) => !said(resolved(document, schema))).map(({ name }) => name)).toEqual([]);
  });

  test('describes every parameter, with an example and a type', () => {
    const parameters = operations.flatMap(({ operationId, parameters: own }) =>
      own.map((parameter) => ({ name: `${operationId}: ${parameter.name}`, parameter })),
    );
    expect(parameters.filter(({ parameter }) => !said(asShown(parameter))).map(({ name }) => name)).toEqual(
      [],
    );
    const untyped = parameters.filter(({ parameter: { schema } }) =>
      (schema.oneOf ?? [schema]).some(({ type }) => type === undefined),
    );
    expect(untyped.map(({ name }) => name)).toEqual([]);
  });

  test('says nothing twice in one description', () => {
    const repeating = operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses).flatMap(([status, { description = '' }]) => {
        const parts = description.split('\n\n');
        return new Set(parts).size < parts.length ? [`${operationId} ${status}`] : [];
      }),
    );
    expect(repeating).toEqual([]);
  });

  test('writes a filter by metadata as the service reads it', () => {
    const search = operations.find(({ operationId }) => operationId === 'searchEvents');
    const filter = search?.parameters.find(({ name }) => name === 'metadata');
    expect(filter).toMatchObject({ in: 'query', style: 'deepObject', explode: true });
  });

  test('lists the parameters of a path in the order of the path', () => {
    for (const { path, parameters } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect(inPath).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  test('names operations by verbs, each once', () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(names.filter((name) => !VERBS.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('offers an Idempotency-Key with every POST that changes something', () => {
    const without = operations.filter(
      ({ method, parameters }) =>
        method === 'POST' && !parameters.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(without.map(({ operationId }) => operationId)).toEqual(['findSeriesSlots', 'findTimes']);
  });

  test('bounds every text, list and number that comes in', () => {
    const unbounded: string[] = [];
    const visit = (name: string, given: Schema): void => {
      const schema = resolved(document, given);
      for (const one of [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])])
        visit(name, one);
      const types = new Set([schema.type].flat());
      const bounded =
        schema.enum !== undefined || schema.format === 'date-time' || schema.pattern !== undefined;
      if (types.has('string') && !bounded && schema.maxLength === undefined) unbounded.push(name);
      if (types.has('integer') && !bounded && schema.maximum === undefined) unbounded.push(name);
      if (types.has('array')) {
        if (schema.maxItems === undefined) unbounded.push(name);
        visit(`${name}[]`, schema.items as Schema);
      }
      for (const [field, property] of Object.entries<Schema>(schema.properties ?? {}))
        visit(`${name}.${field}`, property);
    };
    for (const { operationId, parameters, body } of operations) {
      for (const { name, schema } of parameters) visit(`${operationId}: ${name}`, schema);
      if (body) visit(operationId, body.schema);
    }
    expect(unbounded).toEqual([]);
  });

  test('names schemas by words of the calendar', () => {
    expect(schemas.map(([name]) => name).filter((name) => /Dto|Response|Request/.test(name))).toEqual([]);
  });

  test('requires no field that has a default value', () => {
    const defaults = schemas.flatMap(([name, schema]) =>
      Object.entries<Schema>(schema.properties ?? {})
        .filter(([, property]) => property.default !== undefined)
        .map(([field]) => `${name}.${field}`),
    );
    // Generators take a field with a `default` for required, so the description states it.
    expect(defaults).toEqual([]);
    const { NewEvent, NewReminder } = document.components.schemas;
    expect(NewEvent?.required).toEqual(['title', 'start_date', 'organizer_user_id']);
    expect(NewEvent.properties?.conflict_policy.description).toMatch(/ The default is `allow`\.$/);
    expect(NewReminder?.required).toBeUndefined();
    expect(document.components.schemas.Reminder?.required).toEqual(['method']);
  });

  test('names single statuses, and `default` for the others', () => {
    const statuses = operations.flatMap(({ responses }) => Object.keys(responses));
    expect([...new Set(statuses)].filter((status) => !/^(?:[2-5]\d\d|default)$/.test(status))).toEqual([]);
    expect(operations.filter(({ responses }) => !('default' in responses))).toEqual([]);
  });

  test('has the colon of an action in its path', () => {
    expect(operations.map(({ path }) => path).filter((path) => path.includes(':'))).toEqual([
      '/users/{user_id}:verify-email',
      '/events:batch-create',
      '/events:batch-update',
      '/events:batch-delete',
      '/event-invites/{invite_id}:tentative',
      '/event-invites/{invite_id}:decline',
      '/event-invites/{invite_id}:accept',
      '/events:nearest-empty-time-interval',
      '/changes:stream',
      '/calendar-subscriptions/{calendar_subscription_id}:refresh',
      '/webhook-subscriptions/{webhook_subscription_id}:test',
      '/webhook-subscriptions/{webhook_subscription_id}/deliveries/{delivery_id}:redeliver',
      '/webhook-subscriptions/{webhook_subscription_id}:rotate-secret',
      '/users/{user_id}/events:import',
      '/holds/{hold_id}:extend',
      '/holds/{hold_id}:confirm',
      '/users/{user_id}:export',
      '/events:find-series-slots',
      '/events:find-times',
      '/events:book',
    ]);
  });

  test('tells a redacted event from a full one by one value of `redacted` in each', () => {
    const forms = schemas.filter(([, schema]) => schema.properties?.redacted);
    const values = forms.map(([name, { properties, required }]) => ({
      name,
      enum: properties?.redacted.enum,
      const: properties?.redacted.const,
      required: required?.includes('redacted'),
    }));
    expect(values).toEqual(
      forms.map(([name]) => {
        const redacted = name.includes('Redacted');
        return { name, enum: [redacted], const: redacted, required: true };
      }),
    );
    expect(forms.length).toBe(12);
  });

  test('answers the creation of an event by the full event', () => {
    const created = operations.find(({ operationId }) => operationId === 'createEvent')?.responses['201'];
    const { schema } = created?.content?.['application/json'] ?? {};
    expect(schema).toEqual({ $ref: '#/components/schemas/BookedEvent' });
  });

  test.each<[string, object]>(REPEATS)('has one way to repeat %s', (way, repeat) => {
    expect(waysToRepeat(repeat)).toEqual([way]);
  });

  test.each<[string, object]>(IMPOSSIBLE_REPEATS)('has no way to repeat %s', (_, repeat) => {
    expect(waysToRepeat(repeat)).toEqual([]);
  });

  test('says of every operation that it can be refused, and how', () => {
    for (const { operationId, responses } of operations) {
      for (const [status, given] of Object.entries(responses).filter(([code]) =>
        /^(?:[45]|default)/.test(code),
      )) {
        const { content } = resolved(document, given);
        expect({ operationId, status, types: Object.keys(content ?? {}) }).toEqual({
          operationId,
          status,
          types: ['application/problem+json'],
        });
      }
    }
  });
});
