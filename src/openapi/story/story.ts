import type { OpenAPIObject } from '@nestjs/swagger';
import { DELETION_CHAPTER, EXPORT_CHAPTER } from './accounts.js';
import { ATTENDEES_CHAPTER } from './attendees.js';
import { CALENDARS_CHAPTER, GRANTS_CHAPTER } from './calendars.js';
import { CHANGES_CHAPTER } from './changes.js';
import { EVENTS_CHAPTER, OCCURRENCES_CHAPTER } from './events.js';
import { HEALTH_CHAPTER } from './health.js';
import { INVITES_CHAPTER } from './invites.js';
import { MEETINGS_CHAPTER } from './meetings.js';
import { type Operation, operationsOf, type Schema } from './operations.js';
import { API_KEYS_CHAPTER } from './programs/api-keys.js';
import { FILES_CHAPTER } from './programs/calendar-files.js';
import { FEEDS_CHAPTER, SUBSCRIPTIONS_CHAPTER } from './programs/calendars-elsewhere.js';
import { HOLDS_CHAPTER } from './programs/holds.js';
import { WEBHOOKS_CHAPTER } from './programs/webhooks.js';
import { REMINDERS_CHAPTER } from './reminders.js';
import { ROOMS_CHAPTER } from './rooms.js';
import { SCHEDULING_CHAPTER } from './scheduling.js';
import type { Chapter, Step } from './steps/step.js';
import { TENANTS_CHAPTER } from './tenants.js';
import { AUTH_CHAPTER, USERS_CHAPTER } from './users.js';

interface Tag {
  readonly name: string;
  readonly description: string;
  readonly chapter: Chapter;
}

/**
 * The page of the document from top to bottom. With `AUTH_MODE=optional`, a client that starts with an empty database and
 * sends every example in this order gets a successful response to each, except where an operation needs a token that the
 * service makes (`refreshTokens`, `changePassword`, `resetPassword`, `verifyEmail`), an API key, or a mail server
 * (`forgotPassword`).
 */
export const STORY: readonly Tag[] = [
  { name: 'users', description: 'Users, their time zones and their working hours.', chapter: USERS_CHAPTER },
  { name: 'auth', description: 'Logging in and out, and passwords.', chapter: AUTH_CHAPTER },
  { name: 'api keys', description: "The keys of a product's backends.", chapter: API_KEYS_CHAPTER },
  {
    name: 'tenants',
    description: 'Organisations that share one installation, each with users, events and keys of its own.',
    chapter: TENANTS_CHAPTER,
  },
  { name: 'events', description: 'Events and series as a whole.', chapter: EVENTS_CHAPTER },
  {
    name: 'occurrences',
    description: 'Single occurrences of a series, or an occurrence and all later ones.',
    chapter: OCCURRENCES_CHAPTER,
  },
  { name: 'invites', description: 'Invites and their answers.', chapter: INVITES_CHAPTER },
  {
    name: 'calendars',
    description: 'The calendars of users, and the events in them.',
    chapter: CALENDARS_CHAPTER,
  },
  {
    name: 'attendees',
    description: 'The attendees of an event one at a time, guests without an account among them.',
    chapter: ATTENDEES_CHAPTER,
  },
  {
    name: 'scheduling',
    description: 'The busy time of users, and the nearest interval in which they are free.',
    chapter: SCHEDULING_CHAPTER,
  },
  {
    name: 'changes',
    description:
      'The events of the tenant and their changes since the last request, a stream of changes, and the history of an event.',
    chapter: CHANGES_CHAPTER,
  },
  { name: 'reminders', description: "A user's reminders of an event.", chapter: REMINDERS_CHAPTER },
  {
    name: 'grants',
    description: 'What users, and the tenant, may do with a calendar of another user.',
    chapter: GRANTS_CHAPTER,
  },
  {
    name: 'feeds',
    description: 'Addresses at which other programs read a calendar as iCalendar.',
    chapter: FEEDS_CHAPTER,
  },
  {
    name: 'calendar subscriptions',
    description: 'Calendars elsewhere whose events a user has here.',
    chapter: SUBSCRIPTIONS_CHAPTER,
  },
  {
    name: 'rooms',
    description: 'Rooms and pieces of equipment, which events book.',
    chapter: ROOMS_CHAPTER,
  },
  {
    name: 'webhooks',
    description: 'URLs that the service calls when the calendar changes.',
    chapter: WEBHOOKS_CHAPTER,
  },
  {
    name: 'files',
    description: 'Files of iCalendar (RFC 5545), as calendar programs import and export them.',
    chapter: FILES_CHAPTER,
  },
  {
    name: 'holds',
    description: 'Time of users and rooms that a caller keeps for an event that may come.',
    chapter: HOLDS_CHAPTER,
  },
  { name: 'export', description: "The export of a user's data.", chapter: EXPORT_CHAPTER },
  {
    name: 'meetings',
    description: 'Times for whole series and for groups, and the booking of groups.',
    chapter: MEETINGS_CHAPTER,
  },
  { name: 'deletion', description: 'The deletion of users.', chapter: DELETION_CHAPTER },
  { name: 'health', description: 'The state of this instance, for monitoring.', chapter: HEALTH_CHAPTER },
];

/** All steps, by the `operationId`. */
export const STEPS: ReadonlyMap<string, Step> = new Map(
  STORY.flatMap(({ chapter }) => Object.entries(chapter)),
);

/**
 * Puts the operations into the order of the story, with its examples.
 * @throws {Error} if the story lacks an operation, or names one that does not exist
 */
export function tellStory(document: OpenAPIObject): void {
  const places = new Map([...STEPS.keys()].map((name, index) => [name, index]));
  const operations = operationsOf(document);
  const unknown = [...STEPS.keys()].filter((name) =>
    operations.every(([, { operationId }]) => operationId !== name),
  );
  if (unknown.length > 0) throw new Error(`The document has no operation ${unknown.join(', ')}.`);
  const firstPlaces = new Map<string, number>();
  for (const [path, operation] of operations) {
    const name = operation.operationId ?? path;
    const [step, place] = [STEPS.get(name), places.get(name)];
    if (step === undefined || place === undefined) throw new Error(`The story has no step ${name}.`);
    firstPlaces.set(path, Math.min(place, firstPlaces.get(path) ?? place));
    showExamples(document, operation, step);
  }
  const placeOfPath = (path: string) => firstPlaces.get(path) ?? STEPS.size;
  const placeOf = ({ operationId = '' }: Operation) => places.get(operationId) ?? STEPS.size;
  document.paths = Object.fromEntries(
    Object.entries(document.paths)
      .toSorted(([one], [other]) => placeOfPath(one) - placeOfPath(other))
      .map(([path, item]): [string, typeof item] => [
        path,
        Object.fromEntries(
          Object.entries(item).toSorted(([, one], [, other]) => placeOf(one) - placeOf(other)),
        ),
      ]),
  );
}

function showExamples(document: OpenAPIObject, operation: Operation, step: Step): void {
  const { parameters = {}, requests, response } = step;
  for (const parameter of operation.parameters ?? []) {
    if (!('name' in parameter) || !(parameter.name in parameters)) continue;
    const value = parameters[parameter.name];
    if (parameter.required) parameter.example = value;
    // A page fills in an optional parameter only from its own examples.
    else parameter.examples = { story: { value } };
  }
  const { requestBody } = operation;
  const [body] = Object.values((requestBody && 'content' in requestBody ? requestBody.content : null) ?? {});
  if (body && requests) {
    body.examples = { ...requests };
    const values = Object.values(requests).map(({ value }) => value);
    showValue(
      document,
      body.schema,
      values.find((value) => Object.keys(value).length > 0),
    );
  }
  const [, success] = Object.entries(operation.responses).find(([status]) => status.startsWith('2')) ?? [];
  const [shown] = Object.values((success && 'content' in success ? success.content : null) ?? {});
  if (shown && response !== undefined) {
    shown.example = response;
    showValue(document, shown.schema, response);
  }
}

/** Shows the value with the schema that has a name, too, unless another operation has done so. */
function showValue(document: OpenAPIObject, schema: Schema | undefined, value: unknown): void {
  if (schema === undefined) return;
  if ('$ref' in schema) {
    const namedSchema = document.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
    if (namedSchema && !('$ref' in namedSchema)) namedSchema.example ??= value;
    return;
  }
  if (Array.isArray(value)) showValue(document, schema.items, value[0]);
  else showValue(document, schema.oneOf?.[0], value);
}
