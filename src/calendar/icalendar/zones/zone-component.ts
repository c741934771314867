import {
  civilTimeOf,
  FIRST_YEAR,
  HOUR,
  type Instant,
  LAST_YEAR,
  MINUTE,
  SECOND,
} from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import { basicTimeText } from '../content/basic-time.js';
import type { Component, ContentLine } from '../model/content-line.js';
import { groupedBy, sortedOnsets, yearOf } from './yearly-onsets.js';
import { type Onset, onsetsOf } from './zone-onsets.js';

/** Zones by name and first year. One takes some milliseconds, and the exports of a calendar use few. */
const made = new Map<string, Component>();

/** Components that are kept, each of about a kilobyte. */
const MAX_MADE = 500;

/** The years whose changes are compared. Morocco's, which follow the moon, are known until 2087. */
const COMPARED_YEARS = 75;

/**
 * VTIMEZONE of an IANA zone (RFC 5545 §3.6.5), correct from an instant on. Changes of the offset that recur every year are
 * rules without an end. The others are dates, of the next 75 years.
 * @param from the earliest instant at which an event uses the zone
 * @example writtenComponent(zoneComponent('Europe/Berlin', Date.UTC(2026, 0)))
 */
export function zoneComponent(name: string, from: Instant): Component {
  const year = Math.max(FIRST_YEAR, yearOf(from) - 1);
  const key = `${name} ${year}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  if (made.size >= MAX_MADE) made.clear();
  const component = componentOf(name, year);
  made.set(key, component);
  return component;
}

function componentOf(name: string, year: number): Component {
  const zone = timeZone(name);
  const start = civilTimeOf(year, 1, 1);
  const endYear = Math.min(year + COMPARED_YEARS, LAST_YEAR);
  const onsets = onsetsOf(zone, start, civilTimeOf(endYear, 1, 1));
  const { yearly, single } = sortedOnsets(onsets, endYear - 1);
  const offset = zone.offsetAt(start);
  // The year before the first event has a change in most zones with summer time. Others need the offset of their beginning.
  const begins = onsets[0] !== undefined && yearOf(onsets[0].civil) === year;
  const base = { civil: start + offset, from: offset, to: offset };
  const kinds = groupedBy(single, ({ from, to }) => `${from} ${to}`);
  return {
    name: 'VTIMEZONE',
    properties: [line('TZID', name), line('X-LIC-LOCATION', name)],
    components: [
      ...(begins ? [] : [observance(base, [])]),
      ...kinds.map(([first, ...later]) => observance(first, datesOf(first, later))),
      ...yearly.map((onset) => observance(onset, [line('RRULE', onset.rule)])),
    ],
  };
}

function observance(onset: Onset, more: readonly ContentLine[]): Component {
  return {
    name: onset.to > onset.from ? 'DAYLIGHT' : 'STANDARD',
    properties: [
      line('DTSTART', basicTimeText(onset.civil)),
      line('TZOFFSETFROM', offsetText(onset.from)),
      line('TZOFFSETTO', offsetText(onset.to)),
      ...more,
    ],
    components: [],
  };
}

/** The dates of an observance. Its DTSTART is one of them, since ical.js ignores the DTSTART of an observance with RDATEs. */
function datesOf(first: Onset, later: readonly Onset[]): ContentLine[] {
  return later.length === 0 ? [] : [first, ...later].map(dateLine);
}

function dateLine({ civil }: Onset): ContentLine {
  return line('RDATE', basicTimeText(civil));
}

function offsetText(offset: number): string {
  const size = Math.abs(offset);
  const parts = [Math.floor(size / HOUR), Math.floor(size / MINUTE) % 60, Math.floor(size / SECOND) % 60];
  const [hours, minutes, seconds] = parts.map((part) => String(part).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${hours}${minutes}${seconds === '00' ? '' : seconds}`;
}

function line(name: string, value: string): ContentLine {
  return { name, parameters: [], value };
}
