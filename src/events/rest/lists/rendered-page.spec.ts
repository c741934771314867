import { describe, expect, test } from '@jest/globals';
import {
  attendeeRecord,
  dailyRecord,
  eventRecord,
  MONDAY_AT_NINE,
  occurrenceOf,
  overrideRecord,
  redactedViewOf,
  viewOf,
} from '../../../../test/support/core/event-records.js';
import { representationTag } from '../../../http/caching/entity-tag.js';
import { participationOf } from '../../model/attendance/participation.js';
import type { EventView } from '../../model/event.policy.js';
import type { EventRecord, GuestRecord, RecordedOccurrence } from '../../model/event-record.js';
import { type CompleteKeptEvent, KeptEvent } from '../../read/lists/kept-event.js';
import type { ListedEvent } from '../../read/lists/list-pages.js';
import { PreparedEvent } from '../../read/lists/prepared-event.js';
import { toListedEventDto } from '../listed-event.mapper.js';
import { renderPage } from './rendered-page.js';

const USER = 2;
const TUESDAY_AT_NINE = '2026-01-06T09:00:00';
const GUEST: GuestRecord = {
  inviteId: 9,
  email: 'zoe@example.net',
  address: 'zoe@example.net',
  name: null,
  status: 'needs_action',
  role: 'required',
  importedAs: null,
  occurrencesStatus: null,
  comment: null,
  createdAt: '2026-01-01T00:00:00+00:00',
  updatedAt: '2026-01-01T00:00:00+00:00',
};
const SERIES = dailyRecord({
  title: 'Über "uns" \u2028 😀',
  attendees: [attendeeRecord(1), attendeeRecord(2, { status: 'accepted' }), attendeeRecord(3)],
  guests: [GUEST],
  answers: [
    { userId: USER, originalStart: TUESDAY_AT_NINE, status: 'declined', removed: false, comment: null },
  ],
});
const OVERRIDE = { title: 'Nur "heute" é', description: '', location: null, cancelled: true } as const;
const OCCURRENCES = [
  occurrenceOf(MONDAY_AT_NINE),
  occurrenceOf(TUESDAY_AT_NINE, overrideRecord(TUESDAY_AT_NINE, OVERRIDE)),
  occurrenceOf('2026-01-07T09:00:00', overrideRecord('2026-01-07T09:00:00', {})),
];

function listed(
  record: EventRecord,
  occurrences: readonly RecordedOccurrence[],
  view: EventView = viewOf(record),
  isKept = true,
): ListedEvent {
  const event = new KeptEvent(record.version, record, 1) as CompleteKeptEvent;
  const kept = new PreparedEvent(event, view, record, participationOf(record, USER));
  return { view, kept: isKept ? kept : null, form: record, occurrences, truncated: !isKept };
}

function rendered(items: readonly ListedEvent[], max?: number) {
  return renderPage({ items, next: null }, USER, max);
}

function expected(items: readonly ListedEvent[], max?: number): string {
  return JSON.stringify(items.map((item) => toListedEventDto(item, USER, max)));
}

describe('the JSON of a list', () => {
  const days = eventRecord({ allDay: true, start: '2026-01-05T00:00:00' });
  test.each<[string, ListedEvent[]]>([
    ['no events', []],
    ['a series with overrides', [listed(SERIES, OCCURRENCES)]],
    ['an element without occurrences', [listed(SERIES, [])]],
    ['days', [listed(days, [occurrenceOf('2026-01-05T00:00:00')])]],
    ['a redacted event', [listed(SERIES, OCCURRENCES, redactedViewOf(SERIES))]],
    ['an event that is not kept', [listed(SERIES, OCCURRENCES, viewOf(SERIES), false)]],
    ['several events', [listed(SERIES, OCCURRENCES), listed(days, [occurrenceOf('2026-01-05T00:00:00')])]],
  ])('of %s is that of the DTOs', (_, items) => {
    for (const max of [undefined, 0, 1, 2, 10]) {
      // The second time, the texts are kept.
      const pages = [rendered(items, max), rendered(items, max)];
      for (const page of [...pages, pages[0]]) expect(page?.json().toString()).toBe(expected(items, max));
    }
  });

  test('has the tag of its bytes, also when it is sent again', () => {
    const page = rendered([listed(SERIES, OCCURRENCES)]);
    const tag = representationTag(null, page.json().toString());
    expect([representationTag(null, page.json()), representationTag(null, page.json())]).toEqual([tag, tag]);
  });

  test('differs between callers who see different parts of one kept event', () => {
    const event = new KeptEvent(1, SERIES, 1) as CompleteKeptEvent;
    const views: EventView[] = [
      { ...viewOf(SERIES), viewerId: 3 },
      { ...viewOf(SERIES), viewerId: 4 },
      { ...viewOf(SERIES), viewerId: null, productData: null },
      { ...viewOf(SERIES), event: { ...SERIES, guests: [{ ...GUEST, email: null }] } },
    ] as EventView[];
    for (const view of views) {
      const kept = new PreparedEvent(event, view, SERIES, participationOf(SERIES, USER));
      const items = [{ view, kept, form: SERIES, occurrences: OCCURRENCES, truncated: false }];
      expect(rendered(items).json().toString()).toBe(expected(items));
    }
  });
});
