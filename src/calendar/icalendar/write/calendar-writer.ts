import type { CivilTime, Instant } from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import { durationValue } from '../content/duration-value.js';
import { textValue } from '../content/text-value.js';
import { parameterOf } from '../content/time-values.js';
import { writtenComponent, writtenLine } from '../content/written-line.js';
import { COLOR } from '../fields/text-fields.js';
import type { ContentLine } from '../model/content-line.js';
import type { ICalendarEvent } from '../model/icalendar-event.js';
import { zoneComponent } from '../zones/zone-component.js';
import { eventComponents } from './event-components.js';

/** The properties of a VCALENDAR. */
export interface CalendarProperties {
  /** METHOD; absent: none. Feeds have PUBLISH. */
  readonly method?: 'PUBLISH' | 'REQUEST' | 'REPLY' | 'CANCEL';
  /** NAME and X-WR-CALNAME. */
  readonly name?: string;
  /** `#rrggbb`. */
  readonly color?: string;
  /** REFRESH-INTERVAL and X-PUBLISHED-TTL, in seconds. */
  readonly refreshInterval?: number;
  /**
   * An instant at or before the first start of all events. The VTIMEZONE of each zone begins there; of an event that starts
   * earlier, the zone may be wrong. Absent: 1970.
   */
  readonly earliest?: Instant;
}

const PRODUCT = '-//calendar-backend//calendar-backend//EN';

/**
 * Writes a VCALENDAR part by part, so that no more than one event is in memory: `begin`, each event, `end`. The text of an
 * event begins with the VTIMEZONE of each zone that the events before it did not use. All text is folded at 75 octets, with
 * CRLF, and depends on the arguments alone.
 * @example response.write(writer.begin()); for (…) response.write(writer.event(event)); response.write(writer.end());
 */
export class ICalendarWriter {
  private readonly zones = new Set<string>();

  constructor(private readonly properties: CalendarProperties) {}

  begin(): string {
    const { method, name, color, refreshInterval } = this.properties;
    const lines = [
      line('VERSION', '2.0'),
      line('PRODID', PRODUCT),
      line('CALSCALE', 'GREGORIAN'),
      ...(method === undefined ? [] : [line('METHOD', method)]),
      ...(name === undefined ? [] : [line('NAME', textValue(name)), line('X-WR-CALNAME', textValue(name))]),
      ...(color === undefined ? [] : [...COLOR.write({ color }), line('X-APPLE-CALENDAR-COLOR', color)]),
      ...(refreshInterval === undefined ? [] : intervalLines(refreshInterval)),
    ];
    return `BEGIN:VCALENDAR\r\n${lines.map(writtenLine).join('')}`;
  }

  /**
   * @param event its `uid` and `revision.stampedAt` must not be null
   */
  event(event: ICalendarEvent): string {
    const components = eventComponents(event);
    const zones = new Set(components.flatMap(({ properties }) => properties.flatMap(zonesOf)));
    const added = [...zones].filter((zone) => !this.zones.has(zone));
    for (const zone of added) this.zones.add(zone);
    const from = this.properties.earliest ?? 0;
    const written = [...added.toSorted().map((zone) => zoneComponent(zone, from)), ...components];
    return written.map(writtenComponent).join('');
  }

  end(): string {
    return 'END:VCALENDAR\r\n';
  }
}

/**
 * Writes a whole VCALENDAR with one event, or with the parts of one series. The VTIMEZONEs begin with the first of them.
 * @example writeObject([event], {})
 */
export function writeObject(
  events: readonly ICalendarEvent[],
  properties: Omit<CalendarProperties, 'earliest'>,
): string {
  const writer = new ICalendarWriter({ ...properties, earliest: Math.min(...events.map(earliestOf)) });
  return [writer.begin(), ...events.map((event) => writer.event(event)), writer.end()].join('');
}

function earliestOf({ timeZone: name, start, rdates, overrides }: ICalendarEvent): Instant {
  const moved = overrides.flatMap((override): CivilTime[] => [
    override.originalStart,
    override.start ?? start,
  ]);
  return timeZone(name).toInstant(Math.min(start, ...rdates, ...moved));
}

function zonesOf(property: ContentLine): string[] {
  const zone = property.parameters.length === 0 ? undefined : parameterOf(property, 'TZID');
  return zone === undefined ? [] : [zone];
}

function intervalLines(seconds: number): ContentLine[] {
  const value = durationValue(seconds);
  const type = { name: 'VALUE', values: ['DURATION'] };
  return [{ name: 'REFRESH-INTERVAL', parameters: [type], value }, line('X-PUBLISHED-TTL', value)];
}

function line(name: string, value: string): ContentLine {
  return { name, parameters: [], value };
}
