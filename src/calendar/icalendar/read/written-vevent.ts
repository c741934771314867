import type { ParsedComponent } from '../content/component-reader.js';
import type { Component } from '../model/content-line.js';
import { FileZones } from '../zones/file-zones.js';
import type { ReadingContext } from './event-fields.js';
import { type VEvent, vevent } from './vevent.js';

/**
 * The VEVENT of a component that the service itself has written, so that each TZID is an IANA name.
 * @param line of the file, for problems and warnings
 * @example writtenVEvent(occurrence(event, override), 7, context)
 */
export function writtenVEvent(
  component: Component,
  line: number,
  { timeZone, notes }: ReadingContext,
): VEvent {
  const zones = new FileZones(timeZone, { left: 0 }, () => []);
  return vevent(withLine(component, line), JSON.stringify(component).length, zones, notes);
}

function withLine({ name, properties, components }: Component, line: number): ParsedComponent {
  return {
    name,
    properties: properties.map((property) => ({ ...property, line })),
    components: components.map((component) => withLine(component, line)),
    line,
  };
}
