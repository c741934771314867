import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';

const FILES = new URL('../../conformance/icalendar/files/', import.meta.url);
const corpus = readdirSync(FILES).map((name) => readFileSync(new URL(name, FILES)));

/** Files with bytes changed, cut out, repeated, or put in: names, separators, and bytes of no encoding. */
export const fuzzedFile: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.array(
      fc.tuple(
        fc.nat(100_000),
        fc.nat(60),
        fc.oneof(
          fc.uint8Array({ maxLength: 8 }),
          fc
            .constantFrom(
              '\r\n',
              '\n',
              '\r',
              ' ',
              ':',
              ';',
              '"',
              ',',
              '=',
              'BEGIN:VEVENT\r\n',
              'END:VEVENT\r\n',
              'RRULE:FREQ=DAILY\r\n',
              'EXDATE:',
              'Z',
              '9',
              'RECURRENCE-ID:',
              ';TZID=',
              ';RANGE=THISANDFUTURE',
              'T',
              '\0',
              '\ufeff',
              '-',
            )
            .map((text) => new TextEncoder().encode(text)),
        ),
      ),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([bytes, edits]) => {
    let edited = new Uint8Array(bytes);
    for (const [at, removed, added] of edits) {
      const place = at % (edited.length + 1);
      edited = Uint8Array.from([
        ...edited.subarray(0, place),
        ...added,
        ...edited.subarray(place + (removed > 30 ? removed : 0)),
      ]);
    }
    return edited;
  });
