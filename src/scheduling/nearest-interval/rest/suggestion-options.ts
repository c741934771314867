import {
  MAX_STARTS,
  MAX_SUGGESTIONS,
  type Preference,
  type SuggestedStarts,
} from '../../../calendar/availability/free-interval-query.js';
import { SECOND } from '../../../calendar/time/civil-time.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { DEFAULT_STEP_MS } from '../nearest-interval-limits.js';

/** The fields of a request that say which suggestions a search gives. `step` is in seconds. */
interface SuggestionFields {
  readonly limit?: number;
  readonly step?: number;
  readonly starts?: SuggestedStarts;
  readonly prefer?: Preference;
  readonly explain?: boolean;
}

/** The same with the defaults. `step` is in milliseconds; null: any start. */
interface SuggestionOptions extends Required<Omit<SuggestionFields, 'step'>> {
  readonly step: number | null;
}

/** @throws {DomainError} invalid, naming `limit` */
export function toSuggestionOptions({ limit, step, ...fields }: SuggestionFields): SuggestionOptions {
  const { starts = 'separate', prefer = 'earliest', explain = false } = fields;
  const needsStep = starts === 'all' || prefer !== 'earliest';
  return {
    starts,
    prefer,
    explain,
    limit: limitOf(limit, starts),
    step: step === undefined ? (needsStep ? DEFAULT_STEP_MS : null) : step * SECOND,
  };
}

/** A list of all starts is as long as it may be unless the client limits it. */
function limitOf(limit: number | undefined, starts: SuggestedStarts): number {
  if (starts === 'all') return limit ?? MAX_STARTS;
  if (limit !== undefined && limit > MAX_SUGGESTIONS) {
    const message = `must be an integer from 1 to ${MAX_SUGGESTIONS}, or to ${MAX_STARTS} with starts=all`;
    throw invalidInput({ field: 'limit', message });
  }
  return limit ?? 1;
}
