import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readCalendarFile } from '../../../src/calendar/icalendar/read/calendar-file.js';
import { asWritten } from '../../support/icalendar/as-written.js';
import { READER_ZONE, writtenAgain } from '../../support/icalendar/read-files.js';
import { contentByOtherParser } from '../../support/icalendar/same-content.js';

const FILES = new URL('files/', import.meta.url);

describe('a file that was read and is written again has the same properties and parameters', () => {
  test.each(readdirSync(FILES).filter((name) => name.endsWith('.ics')))('%s', (name) => {
    const bytes = readFileSync(new URL(name, FILES));
    const written = writtenAgain(readCalendarFile(bytes, { timeZone: READER_ZONE }));
    expect(contentByOtherParser(written)).toEqual(contentByOtherParser(asWritten(bytes.toString())));
    expect(writtenAgain(readCalendarFile(Buffer.from(written), { timeZone: READER_ZONE }))).toBe(written);
  });
});
