import { plainText } from '../content/text-value.js';
import { parameterOf } from '../content/time-values.js';
import type { ContentLine, Parameter } from '../model/content-line.js';
import type {
  ICalendarAttendee,
  ICalendarEvent,
  ICalendarOrganizer,
  ICalendarParticipation,
  ICalendarPerson,
} from '../model/icalendar-event.js';
import { TEXT_LIMITS } from '../model/icalendar-limits.js';
import type { FieldForm } from './field-form.js';
import { cut } from './text-fields.js';

type People = Pick<ICalendarEvent, 'organizer' | 'attendees'>;

const STATUSES = [
  ['NEEDS-ACTION', 'needs_action'],
  ['ACCEPTED', 'accepted'],
  ['DECLINED', 'declined'],
  ['TENTATIVE', 'tentative'],
] as const;

const STATUS_OF_WORD = new Map<string, ICalendarParticipation['status']>(STATUSES);
const WORD_OF_STATUS = new Map(STATUSES.map(([word, status]) => [status, word]));

const OPTIONAL_ROLES = new Set(['OPT-PARTICIPANT', 'NON-PARTICIPANT']);

/** The comment of an answer, as Exchange and Google write it. */
const COMMENT = 'X-RESPONSE-COMMENT';

/** ORGANIZER and ATTENDEE (RFC 5545 §3.8.4.3, §3.8.4.1). */
export const PEOPLE: FieldForm<People> = {
  read: (lines) => {
    const organizer = lines.find(({ name }) => name === 'ORGANIZER');
    const host = organizer && personOf(organizer);
    const attendees = new Map<string, ICalendarAttendee>();
    for (const line of lines) {
      const person = line.name === 'ATTENDEE' ? personOf(line) : null;
      if (person && !attendees.has(keyOf(person)))
        attendees.set(keyOf(person), { ...person, ...participationOf(line) });
    }
    if (!host) return { organizer: null, attendees: [...attendees.values()] };
    const own = attendees.get(keyOf(host));
    attendees.delete(keyOf(host));
    const participation = own ? { status: own.status, role: own.role, comment: own.comment } : null;
    return { organizer: { ...host, participation }, attendees: [...attendees.values()] };
  },
  write: ({ organizer, attendees }) => [
    ...(organizer === null ? [] : [personLine('ORGANIZER', organizer, []), ...ownLine(organizer)]),
    ...attendees.map((attendee) => attendeeLine(attendee, attendee)),
  ],
};

/**
 * The properties of people, with the parameters and the order of `kept`: a person of `kept` who is still there keeps all
 * parameters but those that the fields carry. Attendees without a mail address stay.
 * @example mergedPeople(event, kept)
 */
export function mergedPeople(people: People, kept: readonly ContentLine[]): ContentLine[] {
  const written = PEOPLE.write(people);
  const left = new Map(written.map((line) => [lineKey(line), line]));
  const ownKey = people.organizer && `ATTENDEE ${keyOf(people.organizer)}`;
  const merged: ContentLine[] = [];
  for (const line of kept) {
    const person = personOf(line);
    const key = person === null ? null : `${line.name} ${keyOf(person)}`;
    const current = key === null ? undefined : left.get(key);
    if (key === null) merged.push(line);
    else if (current !== undefined)
      merged.push(isAlike(line, current, key === ownKey) ? line : withParameters(line, current));
    if (key !== null) left.delete(key);
  }
  return [...merged, ...left.values()];
}

function lineKey(line: ContentLine): string {
  const person = personOf(line);
  return `${line.name} ${person === null ? line.value : keyOf(person)}`;
}

/**
 * Whether both lines of a person mean the same.
 * @param isOrganizer ATTENDEE of the organizer need not repeat the name
 */
function isAlike(kept: ContentLine, current: ContentLine, isOrganizer: boolean): boolean {
  const [a, b] = [kept, current].map((line) => JSON.stringify(participationOf(line)));
  const name = personOf(kept)?.name ?? null;
  return a === b && (name === (personOf(current)?.name ?? null) || (isOrganizer && name === null));
}

const FIELD_PARAMETERS = new Set(['CN', 'ROLE', 'PARTSTAT', COMMENT]);

function withParameters(kept: ContentLine, { parameters }: ContentLine): ContentLine {
  const others = kept.parameters.filter(({ name }) => !FIELD_PARAMETERS.has(name));
  return { ...kept, parameters: [...others, ...parameters] };
}

function ownLine(organizer: ICalendarOrganizer): ContentLine[] {
  return organizer.participation === null ? [] : [attendeeLine(organizer, organizer.participation)];
}

function attendeeLine(
  person: ICalendarPerson,
  { status, role, comment }: ICalendarParticipation,
): ContentLine {
  return personLine('ATTENDEE', person, [
    ...(role === 'optional' ? [{ name: 'ROLE', values: ['OPT-PARTICIPANT'] }] : []),
    { name: 'PARTSTAT', values: [WORD_OF_STATUS.get(status) ?? 'NEEDS-ACTION'] },
    ...(comment === null ? [] : [{ name: COMMENT, values: [comment] }]),
  ]);
}

function personLine(
  name: string,
  { email, name: commonName }: ICalendarPerson,
  parameters: Parameter[],
): ContentLine {
  const named = commonName === null ? [] : [{ name: 'CN', values: [commonName] }];
  return { name, parameters: [...named, ...parameters], value: `mailto:${email}` };
}

/** The person of a property; null if the property has no mail address. */
function personOf(line: ContentLine): ICalendarPerson | null {
  const address = /^mailto:(.*)$/i.exec(line.value.trim())?.[1] ?? parameterOf(line, 'EMAIL') ?? line.value;
  const email = plainText(address).trim();
  if (!MAIL_ADDRESS.test(email) || email.length > MAX_ADDRESS_LENGTH) return null;
  const name = cut(
    plainText(parameterOf(line, 'CN') ?? '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    MAX_NAME_LENGTH,
  );
  return { email, name: name === '' ? null : name };
}

/** An address whose domain can be looked up: neither brackets nor the query of a URL follow it. */
const MAIL_ADDRESS = /^[^\s@]+@(?:[a-z\d-]|[^\0-\x7f])+(?:\.(?:[a-z\d-]|[^\0-\x7f])+)*$/i;

/** RFC 5321 §4.5.3.1.3: a path of 256 octets with its brackets. */
const MAX_ADDRESS_LENGTH = 254;

/** UTF-16 code units. The name of a person in a list. */
const MAX_NAME_LENGTH = 200;

function participationOf(line: ContentLine): ICalendarParticipation {
  const word = parameterOf(line, 'PARTSTAT')?.toUpperCase() ?? '';
  const role = parameterOf(line, 'ROLE')?.toUpperCase() ?? '';
  const comment = cut(plainText(parameterOf(line, COMMENT) ?? ''), TEXT_LIMITS.comment);
  return {
    status: STATUS_OF_WORD.get(word) ?? 'needs_action',
    role: OPTIONAL_ROLES.has(role) ? 'optional' : 'required',
    comment: comment.trim() === '' ? null : comment,
  };
}

function keyOf({ email }: ICalendarPerson): string {
  return email.toLowerCase();
}
