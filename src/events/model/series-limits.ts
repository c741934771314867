import { type FieldError, invalidInput } from '../../errors/domain-error.js';
import { textFault } from '../../platform/values/text-fault.js';
import type { NewSeries, OccurrencePatch } from './commands.js';
import {
  MAX_COMMENT_LENGTH,
  MAX_DESCRIPTION_LENGTH,
  MAX_INVITED_USERS,
  MAX_LOCATION_LENGTH,
  MAX_TITLE_LENGTH,
} from './event-limits.js';

/**
 * Refuses a series with a text or a list of attendees beyond `event-limits.ts`. No protocol has to check these limits
 * before.
 * @throws {DomainError} invalid, naming each field
 */
export function refuseBeyondLimits(series: NewSeries): void {
  const { attendees, overrides, answers } = series;
  const faults = [
    ...detailFaults(series),
    ...(attendees.length > MAX_INVITED_USERS
      ? [{ field: 'attendees', message: `must name at most ${MAX_INVITED_USERS}` }]
      : []),
    ...attendees.flatMap(({ comment }, index) => commentFaults(`attendees.${index}`, comment)),
    ...overrides.flatMap(({ patch }, index) => detailFaults(patch, `overrides.${index}.`)),
    ...answers.flatMap(({ comment }, index) => commentFaults(`answers.${index}`, comment)),
  ];
  if (faults.length > 0) throw invalidInput(...faults);
}

function detailFaults(
  { title, description, location }: Pick<OccurrencePatch, 'title' | 'description' | 'location'>,
  path = '',
): FieldError[] {
  return [
    ...textFaults(`${path}title`, title, 1, MAX_TITLE_LENGTH),
    ...textFaults(`${path}description`, description, 0, MAX_DESCRIPTION_LENGTH),
    ...textFaults(`${path}location`, location, 0, MAX_LOCATION_LENGTH),
  ];
}

function commentFaults(path: string, comment: string | null): FieldError[] {
  return textFaults(`${path}.comment`, comment, 0, MAX_COMMENT_LENGTH);
}

function textFaults(field: string, text: string | null | undefined, min: number, max: number): FieldError[] {
  const message = text === null || text === undefined ? null : textFault(text, min, max);
  return message === null ? [] : [{ field, message }];
}
