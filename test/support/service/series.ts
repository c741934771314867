import { ANONYMOUS } from '../../../src/access/actor.js';
import { parseRecurrenceRule } from '../../../src/calendar/recurrence/rule/rule-text.js';
import type { When } from '../../../src/calendar/time/when.js';
import { NO_APPEARANCE } from '../../../src/events/model/appearance/event-appearance.js';
import type { NewSeries } from '../../../src/events/model/commands.js';
import { EventWriter } from '../../../src/events/write/event-writer.js';
import type { TestApplication } from './application.js';
import { onBehalfOf } from './callers-context.js';

/** An endless daily series of one hour from `start`. It has no attendees, overrides or answers unless `differences` has. */
export function dailySeries(
  organizerId: number,
  start: When,
  differences: Partial<NewSeries> = {},
): NewSeries {
  return {
    organizerId,
    attendees: [],
    title: 'Stand-up',
    description: null,
    location: null,
    ...NO_APPEARANCE,
    externalId: null,
    metadata: {},
    showAs: 'busy',
    status: 'confirmed',
    conflictPolicy: 'allow',
    schedule: {
      start,
      endOrLength: { length: { seconds: 3_600 } },
      repeat: {
        rule: { rule: parseRecurrenceRule('FREQ=DAILY'), inMonthOfStart: false, keepsWeekStart: false },
      },
    },
    overrides: [],
    guests: [],
    answers: [],
    ...differences,
  };
}

/**
 * Stores a series with its overrides at once, for a caller without a token. Over HTTP, each override takes one request.
 * @returns the id of the event
 */
export async function storeSeries({ app }: TestApplication, series: NewSeries): Promise<number> {
  const work = async () => app.get(EventWriter).store(series);
  return (await onBehalfOf(app, ANONYMOUS, work)).view.event.id;
}
