import ICAL from 'ical.js';

/** A component as ical.js reads it, which is independent of the service's own reader. */
type JCal = readonly [name: string, properties: readonly (readonly unknown[])[], components: readonly JCal[]];

/**
 * The events of a file as another parser reads them: the properties of each VEVENT as sorted texts, by UID and
 * RECURRENCE-ID.
 */
export function contentByOtherParser(text: string): Record<string, readonly string[]> {
  const parsed = ICAL.parse(text) as unknown as JCal | readonly JCal[];
  const calendars = typeof parsed[0] === 'string' ? [parsed as JCal] : (parsed as readonly JCal[]);
  const events = calendars.flatMap(([, , components]) => components.filter(([name]) => name === 'vevent'));
  const content: Record<string, readonly string[]> = {};
  for (const [, properties, components] of events) {
    const valueOf = (name: string) =>
      JSON.stringify(properties.find((property) => property[0] === name)?.[3] ?? '');
    content[`${valueOf('uid')} ${valueOf('recurrence-id')}`] = [
      ...properties.map(propertyText),
      ...components.map((component) => JSON.stringify(sortedComponent(component))),
    ].toSorted();
  }
  return content;
}

function propertyText([name, parameters, ...rest]: readonly unknown[]): string {
  return JSON.stringify([name, sortedEntries(parameters as object), ...rest.map(sortedValue)]);
}

function sortedComponent([name, properties, components]: JCal): unknown {
  return [name, properties.map(propertyText).toSorted(), components.map(sortedComponent)];
}

/** A rule is an object of its parts. */
function sortedValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? sortedEntries(value) : value;
}

function sortedEntries(object: object): unknown {
  return Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
