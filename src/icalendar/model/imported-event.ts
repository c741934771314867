import type {
  ICalendarAttendee,
  ICalendarEvent,
  ICalendarOverride,
} from '../../calendar/icalendar/model/icalendar-event.js';
import { FIRST_VERSION } from '../../events/model/event-record.js';
import type {
  ImportedAnswer,
  ImportedEvent,
  ImportedOverride,
} from '../../events/model/import/imported-event.js';
import { type Importer, importedPeople } from './imported-people.js';
import { isSameAddress } from './same-address.js';
import { NO_TITLE, type StoredContent, type StoredOccurrence } from './stored-content.js';

/** What a command depends on besides the file. */
export interface ImportContext {
  /** The version that the event has after the command. */
  readonly version?: number;
  /** The addresses of the users who attend the whole event already. */
  readonly staying?: readonly string[];
  /** The UIDs of the later parts of the series. */
  readonly laterParts?: readonly string[];
}

/**
 * The command that makes an event as a file has it.
 */
export function importedEvent(
  event: ICalendarEvent & { readonly uid: string },
  importer: Importer,
  { version = FIRST_VERSION, staying = [], laterParts = [] }: ImportContext = {},
): ImportedEvent {
  const { owner, guests, stored } = importedPeople(event, importer, staying);
  const { title, description, location, showAs, visibility, status, url, color, conference, kept, revision } =
    event;
  const { allDay, floating, timeZone, endTimeZone, start, length, rule, rdates, exdates } = event;
  const content: StoredContent = {
    kept,
    revision,
    version,
    ...(stored && { people: stored }),
    ...(title === '' && { untitled: true as const }),
    ...(laterParts.length > 0 && { laterParts }),
  };
  return {
    uid: event.uid,
    times: { allDay, floating, timeZone, endTimeZone, start, length, rule, rdates, exdates },
    title: title === '' ? NO_TITLE : title,
    description,
    location,
    showAs,
    visibility,
    status,
    url,
    color,
    categories: [...event.categories],
    conference,
    owner,
    guests,
    overrides: event.overrides.map(overrideOf),
    answers:
      owner === null ? [] : event.overrides.flatMap((override) => answersOf(override, owner, importer)),
    content,
  };
}

function overrideOf(override: ICalendarOverride): ImportedOverride {
  const { attendees, revision, kept, title, ...fields } = override;
  const content: StoredOccurrence = {
    kept,
    ...(revision && { revision }),
    ...(attendees && { attendees }),
    ...(title === '' && { untitled: true as const }),
  };
  const isPlain = kept === null && Object.keys(content).length === 1;
  return { ...fields, ...(title && { title }), content: isPlain ? null : content };
}

/** The answer of the owner to an occurrence, if it differs from that to the series. */
function answersOf(
  { originalStart, cancelled, attendees }: ICalendarOverride,
  owner: NonNullable<ImportedEvent['owner']>,
  importer: Importer,
): ImportedAnswer[] {
  const own = attendees?.find(({ email }: ICalendarAttendee) => isSameAddress(email, importer.email));
  if (cancelled || own === undefined || own.status === owner.status) return [];
  return [{ originalStart, status: own.status, comment: own.comment }];
}
