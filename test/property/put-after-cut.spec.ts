import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { splitSeries } from '../../src/calendar/recurrence/changes/split-series.js';
import {
  compileSeries,
  type Occurrence,
  type SeriesDefinition,
} from '../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY, formatCivilTime } from '../../src/calendar/time/civil-time.js';
import { civilLength } from '../../src/calendar/time/length.js';
import { timeZone } from '../../src/calendar/time/time-zone.js';
import type { CutSchedule } from '../../src/events/model/cut/cut-schedule.js';
import { replacedSchedule } from '../../src/events/model/replacement/replaced-schedule.js';
import { definitionOf, type Schedule, scheduleFrom } from '../../src/events/model/schedule/schedule.js';
import type { ScheduleCommand } from '../../src/events/model/schedule/schedule-command.js';
import { seriesDefinition } from '../support/core/arbitrary-series.js';
import { createdSchedule, creationOf, recordOf } from '../support/core/created-schedule.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

const RUNS = Math.ceil(PROPERTY_RUNS / 10);

interface Case {
  readonly command: ScheduleCommand;
  readonly current: CutSchedule;
}

/** A series that a client created, cut before one of its first occurrences; null if there is no such case. */
function cutSeries(series: SeriesDefinition, index: number): Case | null {
  if (civilLength(series.length) > 366 * DAY) return null;
  const schedule = createdSchedule(series);
  if (schedule === null || (schedule.rule === null && schedule.rdates.length === 0)) return null;
  const target = occurrencesOf(schedule).at(index);
  if (!target) return null;
  const { before } = splitSeries(definitionOf(schedule), target.originalCivilStart);
  if (before === null) return null;
  const startAt = timeZone(before.timeZone).toInstant(before.start);
  const current = scheduleFrom(recordOf({ ...schedule, ...before, startAt }));
  const endsBefore = formatCivilTime(target.originalCivilStart);
  return { command: creationOf(series), current: { schedule: current, endsBefore } };
}

function occurrencesOf(schedule: Schedule): Occurrence[] {
  const window = { start: schedule.startAt - 60 * DAY, end: schedule.startAt + 400 * DAY };
  return [...occurrencesIn(compileSeries(definitionOf(schedule)), window)].slice(0, 40);
}

/** The command without the EXDATEs, which are then those of persons. */
function withoutExdates({ repeat, ...command }: ScheduleCommand): ScheduleCommand {
  return { ...command, repeat: repeat && { ...repeat, exdates: undefined } };
}

describe('a series that was cut', () => {
  test('is not changed by the command that created it', () => {
    let put = 0;
    fc.assert(
      fc.property(seriesDefinition, fc.nat(39), (series, index) => {
        const found = cutSeries(series, index);
        fc.pre(found !== null);
        const { command, current } = found;
        expect(replacedSchedule(current, command, 'UTC')).toBeNull();
        expect(replacedSchedule(current, withoutExdates(command), 'UTC')).toBeNull();
        put += 1;
      }),
      { numRuns: RUNS, seed: printedSeed('put after a cut') },
    );
    expect(put).toBeGreaterThan(RUNS / 10);
  }, 120_000);
});
