import type { ParticipationInSeries } from '../../model/attendance/participation.js';
import type { DetailedEventView } from '../../model/event.policy.js';
import type { PartialEventRecord, RecordedOccurrence } from '../../model/event-record.js';
import { formatEventTime } from '../../model/schedule/event-time-text.js';
import type { ListedEvent } from '../../read/lists/list-pages.js';
import type { PreparedEvent, PreparedFrom } from '../../read/lists/prepared-event.js';
import { toEventDto } from '../event.mapper.js';
import { toListedEventDto } from '../listed-event.mapper.js';
import { overriddenTexts, statusOfOccurrence, toOccurrenceDto } from '../occurrence.mapper.js';

/** The parts of the JSON of pages, as long as the process keeps the page: the texts of events, and what is between them. */
const KEPT_PARTS = new WeakMap<readonly ListedEvent[], readonly (Buffer | string)[]>();

/**
 * The JSON of the list of `userId`: the bytes of `toListedEventDto` for each element. The text of a kept event is written
 * once and copied from then on.
 * @param items of one page: they are always for the same user and maximum
 * @param max the most attendees to show; absent: all
 */
export function listedJson(items: readonly ListedEvent[], userId: number, max?: number): Buffer {
  let parts = KEPT_PARTS.get(items);
  if (!parts) {
    parts = partsOf(items, userId, max);
    KEPT_PARTS.set(items, parts);
  }
  return joined(parts);
}

function partsOf(items: readonly ListedEvent[], userId: number, max?: number): (Buffer | string)[] {
  const parts: (Buffer | string)[] = [];
  let between = '[';
  for (const item of items) {
    const { view, kept } = item;
    if (kept && view.details) {
      parts.push(between, kept.text(max ?? null) ?? textOf(view, kept, userId, max));
      between = `${occurrencesOf(item, view.event, kept.participation)},`;
    } else between += `${JSON.stringify(toListedEventDto(item, userId, max))},`;
  }
  parts.push(items.length === 0 ? '[]' : `${between.slice(0, -1)}]`);
  return parts;
}

/** The JSON of the event, without the brace at its end. Keeps it for other lists. */
function textOf(view: DetailedEventView, prepared: PreparedEvent, userId: number, max?: number): Buffer {
  const selection = { max: max ?? null, first: userId };
  const text = prepared.kept.text(nameOf(view, prepared.kept, userId, max), () =>
    Buffer.from(JSON.stringify(toEventDto(view, selection)).slice(0, -1)),
  );
  prepared.keepText(max ?? null, text);
  return text;
}

/** Names all on which the JSON of an event depends besides its record. */
function nameOf(
  { event, viewerId, productData }: DetailedEventView,
  kept: PreparedFrom,
  userId: number,
  max?: number,
): string {
  const attendees = max === undefined ? 'all' : `${max} ${userId}`;
  // The calendar is that of the viewer, if the viewer attends the event.
  const viewer = viewerId !== null && kept.userIds.includes(viewerId) ? viewerId : '';
  const guests = event === kept.record ? 'with addresses' : 'without';
  return `${attendees}|${viewer}|${productData ? 'with product data' : ''}|${guests}`;
}

/** The JSON of the occurrences, with the brace at the end of the event. */
function occurrencesOf(
  { form, occurrences, truncated }: ListedEvent,
  event: PartialEventRecord,
  participation: ParticipationInSeries,
): string {
  let json = ',"occurrences":[';
  for (const [index, occurrence] of occurrences.entries()) {
    const status = statusOfOccurrence(event, occurrence);
    const ofAttendee = participation.at(occurrence);
    json += `${index === 0 ? '' : ','}${timesOf(form, occurrence)},"status":"${status}","attendee_status":"${ofAttendee}"`;
    json += `${overriddenJson(occurrence)}}`;
  }
  return `${json}],"occurrences_truncated":${truncated}}`;
}

/** No time contains a character that JSON escapes. */
function timesOf(form: ListedEvent['form'], occurrence: RecordedOccurrence): string {
  const { start, end, originalStart } = occurrence;
  if (form.allDay) return JSON.stringify(toOccurrenceDto(form, occurrence)).slice(0, -1);
  const startText = formatEventTime(form, start);
  const originalText = originalStart === start ? startText : formatEventTime(form, originalStart);
  return `{"start":"${startText}","end":"${formatEventTime(form, end)}","original_start":"${originalText}"`;
}

function overriddenJson({ override }: RecordedOccurrence): string {
  if (override === null) return '';
  const json = JSON.stringify(overriddenTexts(override)).slice(1, -1);
  return json === '' ? '' : `,${json}`;
}

function joined(parts: readonly (Buffer | string)[]): Buffer {
  let length = 0;
  for (const part of parts) length += typeof part === 'string' ? Buffer.byteLength(part) : part.length;
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (const part of parts) at += typeof part === 'string' ? bytes.write(part, at) : part.copy(bytes, at);
  return bytes;
}
