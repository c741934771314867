import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { WrittenRule } from '../../src/calendar/recurrence/written-rule.js';
import { parseCivilTime } from '../../src/calendar/time/civil-time.js';
import { toRepeatDto } from '../../src/events/rest/repeat/repeat.mapper.js';
import { ruleTextFor } from '../support/core/arbitrary-rule.js';
import { printedSeed } from '../support/core/seed.js';

const validator = new Ajv2020({ strict: false });
validator.addSchema(JSON.parse(readFileSync('openapi.json', 'utf8')), 'document');

const START = '2022-09-06T09:00:00';

const seed = printedSeed('the repeat of a response');

describe('the repeat of a response', () => {
  test('is of exactly one variant of the document for every rule', () => {
    fc.assert(
      fc.property(ruleTextFor(parseCivilTime(START)), fc.boolean(), (rrule, hasDates) => {
        const dates = hasDates ? ['2022-09-10T09:00:00'] : [];
        const repeat = toRepeatDto({
          allDay: false,
          timeZone: 'Europe/Moscow',
          start: START,
          rule: new WrittenRule(rrule),
          rdates: dates,
          exdates: dates,
          secondPasses: null,
        });
        validator.validate('document#/components/schemas/Repeat', repeat);
        expect({ repeat, errors: validator.errors }).toEqual({ repeat, errors: null });
      }),
      { seed, numRuns: 1000 },
    );
  });
});
