import { type Page, type PageKey, pageOf } from '../../../platform/page/page.js';
import type { EventView } from '../../model/event.policy.js';
import type { RecordedOccurrence } from '../../model/event-record.js';
import type { ListedTimeForm } from '../../model/schedule/event-times.js';
import { type AttendeeSelection, attendeesShown } from '../attendees-shown.js';
import type { ListCandidate } from './list-candidate.js';
import type { PreparedEvent } from './prepared-event.js';

/** The reader's view of an event, and its occurrences in a window. */
export interface ListedEvent {
  readonly view: EventView;
  /** The event as the process keeps it; null: it does not. */
  readonly kept: PreparedEvent | null;
  /** The form of the times of the occurrences: of floating days in the zone of the user of the list. */
  readonly form: ListedTimeForm;
  readonly occurrences: readonly RecordedOccurrence[];
  /** Whether the window has more occurrences of the event than the list shows. */
  readonly truncated: boolean;
}

/** Asks for one page of a list. */
export interface PageRequest {
  /** The key after which the page begins; null: the first page. */
  readonly after: PageKey | null;
  readonly limit: number;
  readonly selection: AttendeeSelection;
}

interface Entry {
  readonly key: PageKey;
  readonly candidate: ListCandidate;
  /** Null: all occurrences of the candidate. */
  readonly occurrence: RecordedOccurrence | null;
}

/**
 * Some 5 MB of JSON. A page with more occurrences ends earlier, and the next page continues.
 * @public `docs/limits.md` lists it.
 */
export const MAX_OCCURRENCES_IN_PAGE = 40_000;

/**
 * Some 6 MB of JSON, with the same effect: twenty events of a thousand attendees.
 * @public `docs/limits.md` lists it.
 */
export const MAX_ATTENDEES_IN_PAGE = 20_000;

/** A page with one element for each event, by first occurrence. */
export function pageOfEvents(candidates: readonly ListCandidate[], request: PageRequest): Page<ListedEvent> {
  const entries: Entry[] = [];
  for (const candidate of candidates) {
    const first = candidate.first();
    if (first && isAfter(first.key, request.after))
      entries.push({ key: first.key, candidate, occurrence: null });
  }
  return pageOfEntries(entries.toSorted(byKey), request);
}

/** A page with one element for each occurrence, by start. Reads no occurrence beyond the page. */
export function pageOfOccurrences(
  candidates: readonly ListCandidate[],
  request: PageRequest,
): Page<ListedEvent> {
  const { after, limit } = request;
  const needed = limit + 1;
  let entries: Entry[] = [];
  let lastStart = Infinity;
  for (const candidate of candidates) {
    let added = 0;
    for (const { key, occurrence } of candidate.occurrencesFrom(after?.[0] ?? -Infinity)) {
      if (occurrence.start > lastStart || added === needed) break;
      if (!isAfter(key, after)) continue;
      entries.push({ key, candidate, occurrence });
      added += 1;
    }
    if (entries.length > 2 * needed) {
      entries = entries.toSorted(byKey).slice(0, needed);
      lastStart = entries[needed - 1].key[0];
    }
  }
  return pageOfEntries(entries.toSorted(byKey), request);
}

function pageOfEntries(entries: readonly Entry[], { limit, selection }: PageRequest): Page<ListedEvent> {
  const listed: ListedEvent[] = [];
  let occurrences = 0;
  let attendees = 0;
  for (const { candidate, occurrence } of entries.slice(0, limit)) {
    const element = {
      view: candidate.view,
      kept: candidate.kept,
      form: candidate.form,
      occurrences: occurrence === null ? candidate.all() : [occurrence],
      truncated: candidate.truncated,
    };
    occurrences += element.occurrences.length;
    attendees += attendeesIn(element.view, selection);
    const isFull = occurrences > MAX_OCCURRENCES_IN_PAGE || attendees > MAX_ATTENDEES_IN_PAGE;
    if (isFull && listed.length > 0) break;
    listed.push(element);
  }
  const { next } = pageOf(entries, listed.length, ({ key }) => key);
  return { items: listed, next };
}

function attendeesIn(view: EventView, selection: AttendeeSelection): number {
  return view.details ? attendeesShown(view.event, selection).attendees.length : 0;
}

function isAfter(key: PageKey, after: PageKey | null): boolean {
  return after === null || compareKeys(key, after) > 0;
}

function byKey(a: Entry, b: Entry): number {
  return compareKeys(a.key, b.key);
}

function compareKeys(a: PageKey, b: PageKey): number {
  const different = a.findIndex((value, index) => value !== b[index]);
  return different === -1 ? 0 : a[different] - b[different];
}
