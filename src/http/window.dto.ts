import type { Interval } from '../calendar/intervals/interval.js';
import { MAX_WINDOW } from '../calendar/recurrence/series/recurrence-set.js';
import { SECOND } from '../calendar/time/civil-time.js';
import { parseInstant } from '../calendar/time/instant.js';
import { invalidInput } from '../errors/domain-error.js';
import { durationText } from '../platform/values/duration.js';
import { QueryInstantField } from './fields/instant-field.js';

const MAX_WINDOW_TEXT = durationText(MAX_WINDOW / SECOND);

/** A half-open window of time, `[from, to)`. If `to` equals `from`, the window is that instant. */
export class WindowDto {
  @QueryInstantField({ description: 'The start of the window, inclusive.', example: '2022-09-05T00:00:00Z' })
  from!: string;

  @QueryInstantField({
    description: `The end of the window, exclusive; at most ${MAX_WINDOW_TEXT} after \`from\`. If \`to\` equals \`from\`, the response covers that instant. An event without a length is in the window if it starts at \`from\` or later and before \`to\`, or if it starts at \`from\` and \`to\` equals \`from\`.`,
    example: '2022-09-12T00:00:00Z',
  })
  to!: string;
}

/** @throws {DomainError} invalid, naming `to`, if `to` is before `from` or the window is too long */
export function windowOf({ from, to }: WindowDto): Interval {
  return boundedWindow(parseInstant(from) as number, parseInstant(to) as number);
}

/** @throws {DomainError} invalid, naming `to` */
export function boundedWindow(start: number, end: number): Interval {
  if (end < start) throw invalidInput({ field: 'to', message: 'must not be before from' });
  if (end - start > MAX_WINDOW)
    throw invalidInput({ field: 'to', message: `must be at most ${MAX_WINDOW_TEXT} after from` });
  return { start, end };
}
