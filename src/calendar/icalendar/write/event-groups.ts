import { type CivilTime, isSecondPass, wallClock } from '../../time/civil-time.js';
import { isSameLength } from '../../time/length.js';
import { timeZone as zoneOf } from '../../time/time-zone.js';
import type { WrittenDuration } from '../content/duration-value.js';
import { type DateFields, dateFields, dateLines, withoutExdatesOf } from '../fields/date-fields.js';
import type { FieldForm } from '../fields/field-form.js';
import { isSameRule, type WrittenStart, writtenStart } from '../fields/first-start.js';
import { mergedPeople } from '../fields/people-fields.js';
import { FORM_GROUPS, FORMS, type FormGroup, meaningOf } from '../fields/property-groups.js';
import { ruleLine, ruleOfValue } from '../fields/rule-fields.js';
import { areSameLines } from '../fields/same-lines.js';
import {
  secondsFrom,
  seriesLengthOf,
  startOfOne,
  type TimeFields,
  timeFields,
  timeLines,
} from '../fields/time-fields.js';
import type { ContentLine } from '../model/content-line.js';
import type { ICalendarEvent, ICalendarOverride } from '../model/icalendar-event.js';
import type { PropertyGroup } from '../model/kept-content.js';

/** Properties by their groups. */
export type GroupLines = Readonly<Record<PropertyGroup, readonly ContentLine[]>>;

/** The properties of a series, and the overrides that an RDATE with a period or a DURATION with days writes. */
export interface SeriesLines {
  readonly groups: GroupLines;
  readonly writtenWithSeries: ReadonlySet<CivilTime>;
}

/**
 * The properties of a series by their groups. Kept properties of a group are written as long as they mean what the fields
 * mean.
 * @example seriesLines(event).groups.title
 */
export function seriesLines(series: ICalendarEvent): SeriesLines {
  const event = fromFirstPass(series);
  const kept = event.kept?.groups ?? {};
  const floats = floatsOf(event);
  const keptTime = kept.time && timeAsSeries(kept.time, event);
  const written = startOf(event, keptTime, kept.rule, floats);
  const { allDay, timeZone, endTimeZone, length } = event;
  const time = timeLines({ allDay, timeZone, endTimeZone, length, start: written.start, floats });
  const rule = written.rule === null ? NONE : [ruleLine(written.rule, { allDay, timeZone, floats })];
  const dates = datesOf(event, written.start, floats, kept.dates);
  const isKeptTime = keptTime && kept.time && areSameLines(timeLines(keptTime), time);
  const isKeptRule = kept.rule && isRuleOf(kept.rule, written, event, floats);
  const groups = Object.assign(formLines(event, event.kept?.groups === undefined ? [] : [kept]), {
    time: isKeptTime && kept.time ? kept.time : time,
    rule: isKeptRule && kept.rule ? kept.rule : rule,
    dates: dates.lines,
  });
  if (!isKeptTime || keptTime.nominal === null) return { groups, writtenWithSeries: dates.periods };
  return { groups, writtenWithSeries: new Set([...dates.periods, ...endsOf(event, keptTime.nominal)]) };
}

function timeAsSeries(lines: readonly ContentLine[], event: ICalendarEvent): TimeFields {
  const time = timeFields(lines, event.timeZone);
  const repeats = event.rule !== null || event.rdates.length > 0 || event.overrides.length > 0;
  return { ...time, start: repeats ? time.start : startOfOne(time), length: seriesLengthOf(time, event) };
}

/** The overrides that change a length alone, to the one that a DURATION with days means. */
function endsOf({ overrides, timeZone: zone }: ICalendarEvent, nominal: WrittenDuration): CivilTime[] {
  return overrides
    .filter((override) => {
      const seconds = secondsFrom(override.originalStart, zoneOf(zone), nominal);
      return changesLengthAlone(override) && override.length?.seconds === seconds;
    })
    .map(({ originalStart }) => originalStart);
}

const NONE: readonly ContentLine[] = [];

/**
 * A series that does not start in the second pass of a repeated hour, which DTSTART of a rule cannot name: the second pass is
 * an RDATE, and an EXDATE removes the first.
 */
function fromFirstPass(event: ICalendarEvent): ICalendarEvent {
  const { start, rule, rdates, exdates, timeZone: name } = event;
  if (rule === null || !isSecondPass(start)) return event;
  const first = wallClock(start);
  const zone = zoneOf(name);
  if (zone.toInstant(first) === zone.toInstant(start)) return { ...event, start: first };
  return { ...event, start: first, rdates: [...rdates, start], exdates: [...exdates, first] };
}

/** Whether the times of an event are written without their zone. */
export function floatsOf({ kept, timeZone, allDay }: ICalendarEvent): boolean {
  return !allDay && kept?.floatingIn === timeZone;
}

type KeptGroups = Readonly<Partial<Record<PropertyGroup, readonly ContentLine[]>>>;

/** Groups that only a series has. Those of an override have no field, so they stay. */
const OF_SERIES: ReadonlySet<FormGroup> = new Set(['visibility', 'url', 'color', 'categories', 'conference']);

/**
 * The properties of the groups whose meaning depends on nothing else.
 * @param kept the kept properties, those of an override before those of its series
 * @param own the kept properties of an override
 */
export function formLines(
  fields: ICalendarEvent,
  kept: readonly KeptGroups[],
  own: KeptGroups = {},
): Record<FormGroup, readonly ContentLine[]> {
  const lines: Partial<Record<FormGroup, readonly ContentLine[]>> = {};
  for (const group of FORM_GROUPS) lines[group] = linesOfForm(group, fields, kept, own);
  return lines as Record<FormGroup, readonly ContentLine[]>;
}

function linesOfForm(
  group: FormGroup,
  fields: ICalendarEvent,
  kept: readonly KeptGroups[],
  own: KeptGroups,
): readonly ContentLine[] {
  const ownLines = own[group];
  if (ownLines !== undefined && OF_SERIES.has(group)) return ownLines;
  const plain = (FORMS[group] as FieldForm<ICalendarEvent>).write(fields);
  for (const groups of kept) {
    const lines = groups[group];
    if (lines === undefined) continue;
    if (areSameLines(meaningOf(group, lines), plain)) return lines;
    if (group === 'people') return mergedPeople(fields, lines);
  }
  return plain;
}

function startOf(
  event: ICalendarEvent,
  keptTime: TimeFields | undefined,
  keptRule: readonly ContentLine[] | undefined,
  floats: boolean,
): WrittenStart {
  if (event.rule === null && keptRule === undefined) return { start: event.start, rule: null };
  const dates = new Set([event.start, ...event.rdates]);
  const starts = [keptTime?.start, event.rdates[0], event.start].filter(
    (start) => start !== undefined && dates.has(start),
  ) as CivilTime[];
  const candidates = starts.flatMap((start) => {
    const rule = keptRule && ruleAt(keptRule, start, event, floats);
    return rule === undefined ? [] : [{ start, rule }];
  });
  return writtenStart(event, event, candidates);
}

/** The rule that RRULE means for a start; undefined if it means none. */
function ruleAt(
  [line]: readonly ContentLine[],
  start: CivilTime,
  { allDay, timeZone }: ICalendarEvent,
  floats: boolean,
): WrittenStart['rule'] | undefined {
  if (line === undefined) return null;
  try {
    return ruleOfValue(line.value, { allDay, timeZone, start, floats });
  } catch {
    // The event has changed so that the rule no longer fits, such as an all-day event that has become one of times.
    return undefined;
  }
}

function isRuleOf(
  kept: readonly ContentLine[],
  { start, rule }: WrittenStart,
  event: ICalendarEvent,
  floats: boolean,
): boolean {
  const meant = ruleAt(kept, start, event, floats);
  return meant !== undefined && isSameRule(meant, rule);
}

function datesOf(
  event: ICalendarEvent,
  start: CivilTime,
  floats: boolean,
  kept: readonly ContentLine[] | undefined,
): { readonly lines: readonly ContentLine[]; readonly periods: ReadonlySet<CivilTime> } {
  const form = { allDay: event.allDay, zone: event.timeZone, floats };
  const rdates = event.rdates.filter((civil) => civil !== start);
  const lines = dateLines({ rdates, exdates: event.exdates }, form);
  const none = { lines, periods: NO_PERIODS };
  if (kept === undefined) return none;
  const before = event.rdates.includes(start) ? [start] : [];
  const overridden = new Set(event.overrides.map(({ originalStart }) => originalStart));
  const meant = dateFields(kept, { ...event, rdates: before }, overridden);
  const meantLines = dateLines({ ...meant, rdates: meant.rdates.filter((civil) => civil !== start) }, form);
  const fits = areSameLines(meantLines, lines) && havePeriods(event.overrides, meant);
  if (!fits) return none;
  return { lines: withoutExdatesOf(kept, event, takingPlace(event)), periods: new Set(meant.periods.keys()) };
}

/** The original starts of the changed occurrences that are not cancelled. */
function takingPlace({ overrides }: ICalendarEvent): CivilTime[] {
  return overrides.flatMap(({ originalStart, cancelled }) => (cancelled ? [] : [originalStart]));
}

const NO_PERIODS: ReadonlySet<CivilTime> = new Set();

/** Whether each RDATE with a length of its own has an override that changes its length alone. */
function havePeriods(overrides: readonly ICalendarOverride[], { periods }: DateFields): boolean {
  return [...periods].every(([start, length]) => {
    const override = overrides.find(({ originalStart }) => originalStart === start);
    if (override?.length === undefined || !changesLengthAlone(override)) return false;
    return isSameLength(override.length, length);
  });
}

function changesLengthAlone(override: ICalendarOverride): boolean {
  if (override.length === undefined || override.cancelled || override.kept !== null) return false;
  return Object.values(override).filter((value) => value !== undefined).length === PERIOD_FIELDS;
}

/** The fields of an override that changes a length alone: `originalStart`, `cancelled`, `kept` and `length`. */
const PERIOD_FIELDS = 4;
