import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { parsedComponent } from '../../src/calendar/icalendar/content/component-reader.js';
import { LineReader } from '../../src/calendar/icalendar/content/line-reader.js';
import { parsedLine } from '../../src/calendar/icalendar/content/parsed-line.js';
import { textOf, textsOf, textValue } from '../../src/calendar/icalendar/content/text-value.js';
import type { Component, ContentLine } from '../../src/calendar/icalendar/model/content-line.js';
import { ICalendarError } from '../../src/calendar/icalendar/model/icalendar-error.js';
import { readCalendarFile } from '../../src/calendar/icalendar/read/calendar-file.js';
import { writeObject } from '../../src/calendar/icalendar/write/calendar-writer.js';
import { printedSeed } from '../support/core/seed.js';
import { seriesWithChange, veventLines } from '../support/icalendar/arbitrary-content.js';
import { fuzzedFile } from '../support/icalendar/fuzzed-file.js';
import { calendarText, objectOf, READER_ZONE } from '../support/icalendar/read-files.js';

const seed = printedSeed('files of iCalendar');

/** The properties and the alarms of VEVENTs, in order, with their parameters in order. */
function contentOf(text: string): string[] {
  const { components } = parsedComponent(new LineReader(text));
  const events = components.filter(({ name }) => name === 'VEVENT');
  const properties = events.flatMap((event) => event.properties.map(lineText));
  return properties.concat(events.flatMap((event) => event.components.map(componentText))).toSorted();
}

function lineText({ name, parameters, value }: ContentLine): string {
  const sorted = parameters.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify([name, sorted, name === 'RRULE' ? value.split(';').toSorted() : value]);
}

function componentText({ name, properties, components }: Component): string {
  return JSON.stringify([name, properties.map(lineText).toSorted(), components.map(componentText)]);
}

describe('an object that is read and written', () => {
  test('has the same properties with the same parameters', () => {
    fc.assert(
      fc.property(veventLines, (lines) => {
        const text = calendarText(['UID:1', ...lines]);
        expect(contentOf(writeObject(objectOf(text).events, {}))).toEqual(contentOf(text));
      }),
      { seed, numRuns: 1_500 },
    );
  });

  test('has its changed occurrences with the same properties', () => {
    fc.assert(
      fc.property(seriesWithChange, (text) => {
        expect(contentOf(writeObject(objectOf(text).events, {}))).toEqual(contentOf(text));
      }),
      { seed, numRuns: 700 },
    );
  });
});

describe('a line', () => {
  const value = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/\p{C}/gu, ''));

  test('is read as another parser reads it', () => {
    const name = fc.constantFrom('X-A', 'X-LONG-NAME', 'COMMENT', 'SUMMARY');
    const parameter = fc.tuple(
      fc.constantFrom('X-P', 'X-Q'),
      fc.stringMatching(/^(?:[A-Za-z0-9 .-]{1,9}|"[A-Za-z0-9 ,;:.-]{0,9}")$/),
    );
    const line = fc.tuple(name, fc.uniqueArray(parameter, { maxLength: 2, selector: ([key]) => key }), value);
    fc.assert(
      fc.property(line, ([property, parameters, text]) => {
        const written = `${property}${parameters.map(([key, one]) => `;${key}=${one}`).join('')}:${text}`;
        const [, others] = ICAL.parse.property(written) as unknown as [string, Record<string, string>];
        const read = parsedLine(written, 1);
        expect(read.value).toBe(text);
        expect(
          Object.fromEntries(read.parameters.map((one) => [one.name.toLowerCase(), one.values.join()])),
        ).toEqual({ ...others });
      }),
      { seed },
    );
  });

  test('has a text that is written and read again', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (texts) => {
        expect(texts.map((text) => textOf(textValue(text)))).toEqual(texts);
        expect(textsOf(texts.map(textValue).join())).toEqual(texts);
      }),
      { seed },
    );
  });
});

/** What reading bytes ends in, and its milliseconds. Objects that are read are also written. */
function outcomeOf(bytes: Uint8Array): { readonly error: unknown; readonly took: number } {
  const begun = performance.now();
  let error: unknown = null;
  try {
    for (const object of readCalendarFile(bytes, { timeZone: READER_ZONE }).objects()) {
      if (object.problem !== undefined) continue;
      writeObject(
        object.events.map((event) => Object.assign(event, { uid: event.uid ?? 'x' })),
        {},
      );
    }
  } catch (caught) {
    error = caught;
  }
  return { error, took: performance.now() - begun };
}

describe('bytes of any kind', () => {
  test.each<[string, fc.Arbitrary<Uint8Array>, number]>([
    ['a changed file', fuzzedFile, 1_500],
    ['noise', fc.uint8Array({ maxLength: 300 }), 500],
  ])('end in a result or a refusal within a second: %s', (_, bytes, numRuns) => {
    fc.assert(
      fc.property(bytes, (all) => {
        const { error, took } = outcomeOf(all);
        expect(error === null || error instanceof ICalendarError ? null : error).toBeNull();
        expect(took).toBeLessThan(1_000);
      }),
      { seed, numRuns },
    );
  });
});
