import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { movedRule } from '../../src/calendar/recurrence/rule/moved-rule.js';
import { DAY, formatCivilTime, HOUR, wallClock } from '../../src/calendar/time/civil-time.js';
import { civilLength } from '../../src/calendar/time/length.js';
import { DomainError } from '../../src/errors/domain-error.js';
import { type Schedule, scheduleFrom } from '../../src/events/model/schedule/schedule.js';
import { changedSchedule } from '../../src/events/model/schedule/schedule-change.js';
import { toScheduleCommand } from '../../src/events/rest/event-command.mapper.js';
import { toRepeatDto } from '../../src/events/rest/repeat/repeat.mapper.js';
import { seriesDefinition } from '../support/core/arbitrary-series.js';
import { createdSchedule, recordOf } from '../support/core/created-schedule.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

/** Each case compares a thousand starts several times: fewer of them. */
const RUNS = Math.ceil(PROPERTY_RUNS / 25);

function changed(current: Schedule, input: Parameters<typeof toScheduleCommand>[0]): Schedule {
  return changedSchedule(current, toScheduleCommand(input) ?? {});
}

describe('the repeat of a response', () => {
  test('sent back changes nothing', () => {
    let sent = 0;
    fc.assert(
      fc.property(seriesDefinition, (series) => {
        fc.pre(civilLength(series.length) <= 366 * DAY && (series.rule !== null || series.rdates.length > 0));
        const schedule = createdSchedule(series);
        fc.pre(schedule !== null);
        const [record, current] = [recordOf(schedule), scheduleFrom(recordOf(schedule))];
        expect(changed(current, { repeat: toRepeatDto(record) })).toEqual(current);
        sent += 1;
      }),
      { numRuns: RUNS, seed: printedSeed('repeat sent back') },
    );
    expect(sent).toBeGreaterThan(RUNS / 4);
  }, 120_000);

  test('sent back with a start that the rule yields changes what the start alone changes', () => {
    let sent = 0;
    fc.assert(
      fc.property(seriesDefinition, fc.integer({ min: 1, max: 11 }), (series, hours) => {
        fc.pre(!series.allDay && civilLength(series.length) <= 366 * DAY && series.rule !== null);
        const schedule = createdSchedule(series);
        fc.pre(schedule?.rule != null);
        const start = wallClock(schedule.start) + hours * HOUR;
        fc.pre(movedRule(schedule.rule, start) === schedule.rule);
        const [record, current] = [recordOf(schedule), scheduleFrom(recordOf(schedule))];
        const start_date = formatCivilTime(start);
        const change = (input: object) => {
          try {
            return changed(current, { start_date, ...input });
          } catch (error) {
            return (error as DomainError).code;
          }
        };
        expect(change({ repeat: toRepeatDto(record) })).toEqual(change({}));
        sent += 1;
      }),
      { numRuns: RUNS, seed: printedSeed('repeat sent back with a start') },
    );
    expect(sent).toBeGreaterThan(RUNS / 10);
  }, 120_000);
});
