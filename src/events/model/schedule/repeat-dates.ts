import { movedDate, originalStartsIn } from '../../../calendar/recurrence/changes/series-move.js';
import { occurrenceAt } from '../../../calendar/recurrence/series/recurrence-set.js';
import { type CivilTime, SECOND_PASS, wallClock } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { formatWhen, type When } from '../../../calendar/time/when.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import type { TimeForm } from './event-times.js';
import { resolveTime } from './resolved-time.js';
import { definitionOf, type Schedule, seriesOf } from './schedule.js';

/** RDATEs or EXDATEs of a changed series: those of the series before the change, and others that the command names. */
interface ChangedDates {
  readonly kept: readonly CivilTime[];
  readonly named: readonly { readonly when: When; readonly civil: CivilTime }[];
}

/**
 * Sorts the dates that a command names into those that the series has and new ones.
 * @param named undefined: all dates of the series stay
 * @param shown the series as the caller saw it: `current`, or the series that it was split from
 * @throws {DomainError} invalid, naming the field of `repeat`
 */
export function changedDates(
  field: 'rdates' | 'exdates',
  named: readonly When[] | undefined,
  form: TimeForm,
  current: Schedule | null,
  shown: Schedule | null,
): ChangedDates {
  if (named === undefined) return { kept: current?.[field] ?? [], named: [] };
  const kept: CivilTime[] = [];
  const others: { when: When; civil: CivilTime }[] = [];
  for (const when of named) {
    const before = shown && dateOfSeries(when, shown[field], shown);
    // A date that the earlier part of a split series kept is none of this part.
    if (before != null) kept.push(...(current?.[field].includes(before) ? [before] : []));
    else others.push({ when, civil: resolveTime(`repeat.${field}`, when, form).start });
  }
  return { kept, named: others };
}

/** The date of a series that `when` names by its instant or its civil time; undefined if it names none. */
function dateOfSeries(
  when: When,
  dates: readonly CivilTime[],
  { timeZone: name }: Schedule,
): CivilTime | undefined {
  const zone = timeZone(name);
  return dates.find((civil) =>
    when.kind === 'instant' ? zone.toInstant(civil) === when.instant : wallClock(civil) === when.civil,
  );
}

/** The RDATEs of the changed series `next`, in order. */
export function movedRdates(
  { kept, named }: ChangedDates,
  next: Schedule,
  current: Schedule | null,
): CivilTime[] {
  const moved = current
    ? kept.map((civil) => movedDate(definitionOf(current), definitionOf(next), civil))
    : [];
  return inOrder([...moved, ...named.map(({ civil }) => civil)]);
}

/**
 * The EXDATEs of the changed series `next`, in order. A kept EXDATE whose occurrence no longer exists ends.
 * @throws {DomainError} invalid, naming `repeat.exdates`, if a new EXDATE names no occurrence
 */
export function movedExdates(
  { kept, named }: ChangedDates,
  next: Schedule,
  current: Schedule | null,
): CivilTime[] {
  const series = seriesOf(next);
  const added = named.map(({ when, civil }) => {
    // A civil time of a repeated hour may name the second pass, too.
    const found = [civil, wallClock(civil) === civil ? civil + SECOND_PASS : civil].find(
      (candidate) => occurrenceAt(series, series.zone.toInstant(candidate)) !== null,
    );
    if (found === undefined)
      throw invalidInput({ field: 'repeat.exdates', message: `"${formatWhen(when)}" names no occurrence` });
    return found;
  });
  const moved = current && repeats(current) ? movedOriginalStarts(kept, next, current) : [];
  return inOrder([...moved, ...added]);
}

function movedOriginalStarts(
  kept: readonly CivilTime[],
  next: Schedule,
  current: Schedule,
): readonly CivilTime[] {
  if (kept.length === 0) return kept;
  const newStart = originalStartsIn(definitionOf(current), definitionOf(next));
  return kept.map(newStart).filter((civil) => civil !== null);
}

function inOrder(dates: readonly CivilTime[]): CivilTime[] {
  return [...new Set(dates)].toSorted((a, b) => a - b);
}
