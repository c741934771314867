import { describe, expect, test } from '@jest/globals';
import {
  attendeeRecord,
  dailyRecord,
  eventRecord,
  redactedViewOf,
  toldInstant,
  viewOf,
} from '../../../../test/support/core/event-records.js';
import type { Interval } from '../../../calendar/intervals/interval.js';
import type { Page } from '../../../platform/page/page.js';
import { CompiledSeries } from '../../../scheduling/occurrences/compiled-series.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import type { EventView } from '../../model/event.policy.js';
import type { EventRecord } from '../../model/event-record.js';
import { ListCandidate } from './list-candidate.js';
import {
  type ListedEvent,
  MAX_ATTENDEES_IN_PAGE,
  MAX_OCCURRENCES_IN_PAGE,
  type PageRequest,
  pageOfEvents,
  pageOfOccurrences,
} from './list-pages.js';
import { ShownInWindow } from './occurrences-shown.js';

const occurrences = new OccurrencesService(new CompiledSeries());
const WEEK = { start: Date.UTC(2026, 0, 5), end: Date.UTC(2026, 0, 8) };
const FIRST: PageRequest = { after: null, limit: 100, selection: { max: null, first: null } };

function candidate(
  event: EventRecord,
  window: Interval = WEEK,
  redactedPlace: number | null = null,
): ListCandidate {
  const view: EventView = redactedPlace === null ? viewOf(event) : redactedViewOf(event);
  const shown = new ShownInWindow(1, window, occurrences).inFull(event, false);
  return new ListCandidate(view, event, shown, redactedPlace, window);
}

function told({ items }: Page<ListedEvent>): string[] {
  return items.map((item) => {
    const starts = item.occurrences.map(({ start }) => toldInstant(start));
    return `${item.view.details ? item.view.event.id : 'redacted'}: ${starts.join(', ')}`;
  });
}

/** All pages of a list, one after the other. */
function pagesOf(limit: number, read: (request: PageRequest) => Page<ListedEvent>): string[][] {
  const pages: string[][] = [];
  for (let request: PageRequest | null = { ...FIRST, limit }; request !== null; ) {
    const page: Page<ListedEvent> = read(request);
    pages.push(told(page));
    request = page.next && { ...FIRST, limit, after: page.next };
  }
  return pages;
}

const LATER = '2026-01-06T09:00:00';
const EVENTS = [
  candidate(eventRecord({ id: 1, start: LATER })),
  candidate(dailyRecord({ id: 2 })),
  candidate(eventRecord({ id: 3 }), WEEK, 1),
  candidate(eventRecord({ id: 4 }), WEEK, 0),
  candidate(eventRecord({ id: 5, start: '2026-02-01T09:00:00' })),
];

describe('a list of events', () => {
  const expected = [
    '2: 2026-01-05 09:00, 2026-01-06 09:00, 2026-01-07 09:00',
    'redacted: 2026-01-05 09:00',
    'redacted: 2026-01-05 09:00',
    '1: 2026-01-06 09:00',
  ];

  test.each([1, 2, 3, 4, 100])('is ordered by first occurrence, on pages of %s', (limit) => {
    const pages = pagesOf(limit, (request) => pageOfEvents(EVENTS, request));
    expect(pages.flat()).toEqual(expected);
    expect(pages).toHaveLength(Math.ceil(expected.length / limit));
  });

  test('keeps redacted events apart by their places', () => {
    const { next } = pageOfEvents(EVENTS, { ...FIRST, limit: 2 });
    expect(next).toEqual(expect.arrayContaining([Date.UTC(2026, 0, 5, 9)]));
    expect(next).not.toContain(4);
  });

  test('ends a page before it has too many occurrences', () => {
    const year = { start: WEEK.start, end: WEEK.start + 400 * 86_400_000 };
    const many = Array.from({ length: 150 }, (_, index) => candidate(dailyRecord({ id: index + 1 }), year));
    const { items, next } = pageOfEvents(many, { ...FIRST, limit: 150 });
    expect(items).toHaveLength(Math.floor(MAX_OCCURRENCES_IN_PAGE / 400));
    expect(next?.[1]).toBe(100);
  });

  test('ends a page before it has too many attendees, after one event at the least', () => {
    const attendees = Array.from({ length: MAX_ATTENDEES_IN_PAGE + 1 }, (_, index) =>
      attendeeRecord(index + 1),
    );
    const large = [1, 2].map((id) => candidate(eventRecord({ id, attendees })));
    expect(pageOfEvents(large, FIRST).items).toHaveLength(1);
    const few = { ...FIRST, selection: { max: 3, first: null } };
    expect(pageOfEvents(large, few).items).toHaveLength(2);
  });
});

describe('a list of occurrences', () => {
  const expected = [
    '2: 2026-01-05 09:00',
    'redacted: 2026-01-05 09:00',
    'redacted: 2026-01-05 09:00',
    '1: 2026-01-06 09:00',
    '2: 2026-01-06 09:00',
    '2: 2026-01-07 09:00',
  ];

  test.each([1, 2, 3, 5, 6, 100])('is ordered by start, on pages of %s', (limit) => {
    const pages = pagesOf(limit, (request) => pageOfOccurrences(EVENTS, request));
    expect(pages.flat()).toEqual(expected);
    expect(pages).toHaveLength(Math.ceil(expected.length / limit));
  });

  test('is the same when many series are cut off at the page', () => {
    const many = Array.from({ length: 30 }, (_, index) => candidate(dailyRecord({ id: index + 1 })));
    const pages = pagesOf(7, (request) => pageOfOccurrences(many, request));
    const [first] = pagesOf(100, (request) => pageOfOccurrences(many, request));
    expect(pages.flat()).toEqual(first);
    expect(first).toHaveLength(90);
  });
});
