import type { Instant } from '../../time/civil-time.js';
import type { ParsedComponent } from '../content/component-reader.js';
import type { ParsedLine } from '../content/parsed-line.js';
import { textOf } from '../content/text-value.js';
import { instantOf } from '../content/time-values.js';
import type { ReadingNotes } from '../model/reading-notes.js';
import { closestZone } from './closest-zone.js';
import { type DefinedZone, definedZone } from './defined-zone.js';
import { namedZone } from './named-zone.js';

/** The IANA zone that a TZID means, and whether it was guessed. */
interface Resolved {
  readonly zone: string;
  /** What the warning says; null: the zone is certain. */
  readonly guess: string | null;
}

/** Properties of VTIMEZONE that name an IANA zone, as programs write them. */
const NAMES = new Set(['X-LIC-LOCATION', 'TZID-ALIAS-OF', 'TZURL']);

/**
 * The zones that a VCALENDAR names, and the IANA zones that they mean: by name, else by a name in the VTIMEZONE, else by the
 * rules of the VTIMEZONE.
 */
export class FileZones {
  private readonly resolved = new Map<string, Resolved>();
  private known: readonly ParsedComponent[] | undefined;

  /**
   * @param fallback the zone of a TZID of which nothing is known, IANA name
   * @param comparisons the zones of the file that may still be compared by their rules
   * @param definitions reads the VTIMEZONEs; called at most once, if a name does not suffice
   */
  constructor(
    private readonly fallback: string,
    private readonly comparisons: { left: number },
    private readonly definitions: () => readonly ParsedComponent[],
  ) {}

  /**
   * The IANA zone of a TZID. The reader notes a zone that was guessed.
   * @param line the property that has the TZID
   */
  zoneOf(tzid: string, line: ParsedLine, notes: ReadingNotes): string {
    const named = namedZone(tzid);
    if (named !== null) return named;
    let resolved = this.resolved.get(tzid);
    if (resolved === undefined) {
      resolved = this.resolve(tzid, line);
      this.resolved.set(tzid, resolved);
    }
    if (resolved.guess !== null)
      notes.warn('time_zone_guessed', `TZID ${tzid.slice(0, 60)} ${resolved.guess}`, line.line);
    return resolved.zone;
  }

  private resolve(tzid: string, line: ParsedLine): Resolved {
    const definitions = this.definitionsOf(tzid);
    const definition = definitions.at(-1);
    if (definition === undefined) {
      const guess = `is not known and has no VTIMEZONE. It was read as ${this.fallback}.`;
      return { zone: this.fallback, guess };
    }
    for (const { name, value } of definition.properties) {
      const zone = NAMES.has(name) ? namedZone(lastOfUrl(textOf(value))) : null;
      if (zone !== null) return { zone, guess: null };
    }
    if (this.comparisons.left === 0) {
      const guess = `is one of too many unknown zones. It was read as ${this.fallback}.`;
      return { zone: this.fallback, guess };
    }
    this.comparisons.left -= 1;
    const found = byRules(definedZone(definition), instantNear(line), this.fallback);
    if (found.guess !== null || definitions.every((one) => contentOf(one) === contentOf(definition)))
      return found;
    return { ...found, guess: `has several VTIMEZONEs. It was read as ${found.zone}, by the last of them.` };
  }

  private definitionsOf(tzid: string): readonly ParsedComponent[] {
    this.known ??= this.definitions();
    return this.known.filter(({ properties }) =>
      properties.some(({ name, value }) => name === 'TZID' && value.trim() === tzid.trim()),
    );
  }
}

/** The content of a component, by which two of them are compared. */
function contentOf(component: ParsedComponent): string {
  return JSON.stringify(component, (key, value: unknown) => (key === 'line' ? undefined : value));
}

function byRules(defined: DefinedZone | null, near: Instant, fallback: string): Resolved {
  const closest = defined && closestZone(defined, near, fallback);
  if (!closest) return { zone: fallback, guess: `has no VTIMEZONE with rules. It was read as ${fallback}.` };
  if (closest.differences === 0) return { zone: closest.zone, guess: null };
  const guess = `is no zone of the IANA database. It was read as ${closest.zone}, whose rules are the closest.`;
  return { zone: closest.zone, guess };
}

/** TZURL such as http://tzurl.org/zoneinfo/Europe/Berlin.ics names the zone in its path. */
function lastOfUrl(text: string): string {
  return text.replace(/^https?:\/\/[^/]*/i, '').replace(/\.ics$/i, '');
}

/** The instant of a property, within a day; 1970 if its value is no date or time. */
function instantNear(line: ParsedLine): Instant {
  const [value] = line.value.split(/[,/]/);
  return instantOf({ ...line, value }) ?? 0;
}
