import { digestOf, rememberDigest } from '../../../http/caching/entity-tag.js';
import type { Sized } from '../../../platform/memory/recently-used.js';
import type { Page, PageKey } from '../../../platform/page/page.js';
import type { ParticipationInSeries } from '../../model/attendance/participation.js';
import type { DetailedEventView } from '../../model/event.policy.js';
import type { PartialEventRecord, RecordedOccurrence } from '../../model/event-record.js';
import { formatEventTime } from '../../model/schedule/event-time-text.js';
import type { ListedEvent } from '../../read/lists/list-pages.js';
import type { PreparedEvent, PreparedFrom } from '../../read/lists/prepared-event.js';
import { toEventDto } from '../event.mapper.js';
import { toListedEventDto } from '../listed-event.mapper.js';
import { overriddenTexts, statusOfOccurrence, toOccurrenceDto } from '../occurrence.mapper.js';

/** A page of a list as JSON. The texts of events are shared with other pages. */
export class RenderedPage implements Sized {
  /** What stands before each text, and after the last one. */
  private readonly between: Buffer;
  /** Where each part of `between` ends. */
  private readonly ends: readonly number[];
  private digest: string | null = null;

  constructor(
    between: readonly string[],
    private readonly texts: readonly Buffer[],
    /** The key after which the next page begins; null: this is the last one. */
    readonly next: PageKey | null,
  ) {
    this.between = Buffer.from(between.join(''));
    const ends: number[] = [];
    for (const part of between) ends.push((ends.at(-1) ?? 0) + Buffer.byteLength(part));
    this.ends = ends;
  }

  get bytes(): number {
    return 300 + this.between.length + 16 * this.texts.length;
  }

  /** The JSON, in UTF-8. */
  json(): Buffer {
    const json = this.joined();
    this.digest ??= digestOf(json);
    rememberDigest(json, this.digest);
    return json;
  }

  private joined(): Buffer {
    const { between, ends, texts } = this;
    const json = Buffer.allocUnsafe(texts.reduce((sum, { length }) => sum + length, between.length));
    let at = 0;
    let start = 0;
    for (const [index, end] of ends.entries()) {
      at += between.copy(json, at, start, end);
      at += texts[index]?.copy(json, at) ?? 0;
      start = end;
    }
    return json;
  }
}

/**
 * Renders a page of the list of `userId`: the bytes of `toListedEventDto` for each element. The text of a kept event is written
 * once and copied from then on.
 * @param max the most attendees to show; absent: all
 */
export function renderPage({ items, next }: Page<ListedEvent>, userId: number, max?: number): RenderedPage {
  const between: string[] = [];
  const texts: Buffer[] = [];
  let json = '[';
  for (const [index, item] of items.entries()) {
    const { view, kept } = item;
    if (index > 0) json += ',';
    if (kept && view.details) {
      between.push(json);
      texts.push(kept.text(max ?? null) ?? textOf(view, kept, userId, max));
      json = occurrencesOf(item, view.event, kept.participation);
    } else json += JSON.stringify(toListedEventDto(item, userId, max));
  }
  between.push(`${json}]`);
  return new RenderedPage(between, texts, next);
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
