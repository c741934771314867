import { formatBasicCivilDate, formatBasicCivilTime } from '../../calendar/time/civil-time.js';
import { invalidInput } from '../../errors/domain-error.js';
import { isoWeekdays } from '../../http/fields/weekdays-field.js';
import { parseWhen } from '../../http/values/when.js';
import type { Frequency, RepeatDto } from './dto/repeat.dto.js';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const FREQ: Record<Frequency, string> = {
  daily: 'DAILY',
  weekly: 'WEEKLY',
  weekdays: 'WEEKLY',
  monthly: 'MONTHLY',
  yearly: 'YEARLY',
};

/** The words of the menu; each with the frequencies that it goes with. */
const WORDS: Partial<Record<keyof RepeatDto, readonly Frequency[]>> = {
  interval: ['daily', 'weekly', 'weekdays', 'monthly', 'yearly'],
  days_of_week: ['daily', 'weekly', 'monthly', 'yearly'],
  week_of_month: ['monthly', 'yearly'],
  day_of_month: ['monthly', 'yearly'],
  month_of_year: ['yearly'],
  until: ['daily', 'weekly', 'weekdays', 'monthly', 'yearly'],
  count: ['daily', 'weekly', 'weekdays', 'monthly', 'yearly'],
};

/**
 * The RRULE text (RFC 5545 §3.3.10) of what a client said, not yet checked as a rule; null where only `rdates`
 * were said. `startMonth` fills in what "yearly on day 6" leaves open.
 * @throws {DomainError} invalid, where words do not go together
 */
export function ruleText(repeat: RepeatDto, startMonth: number): string | null {
  refuseMixture(repeat);
  if (repeat.rrule != null) return repeat.rrule;
  if (repeat.frequency == null) {
    if (repeat.rdates?.length) return null;
    throw invalidInput({ field: 'repeat', message: 'must say frequency, rrule or rdates' });
  }
  const parts = [`FREQ=${FREQ[repeat.frequency]}`];
  if (repeat.until != null) parts.push(`UNTIL=${untilText(repeat.until)}`);
  if (repeat.count != null) parts.push(`COUNT=${repeat.count}`);
  if (repeat.interval != null && repeat.interval !== 1) parts.push(`INTERVAL=${repeat.interval}`);
  const month = monthOf(repeat, startMonth);
  if (month !== null) parts.push(`BYMONTH=${month}`);
  if (repeat.day_of_month != null) parts.push(`BYMONTHDAY=${repeat.day_of_month}`);
  const days = repeat.frequency === 'weekdays' ? [1, 2, 3, 4, 5] : isoWeekdays(repeat.days_of_week ?? []);
  if (days.length > 0) {
    parts.push(`BYDAY=${days.map((day) => `${repeat.week_of_month ?? ''}${WEEKDAYS[day - 1]}`).join(',')}`);
  }
  return parts.join(';');
}

function refuseMixture(repeat: RepeatDto): void {
  const said = Object.keys(WORDS).filter(
    (word) => repeat[word as keyof RepeatDto] != null,
  ) as (keyof RepeatDto)[];
  if (repeat.rrule != null || repeat.frequency == null) {
    const extra = repeat.frequency == null ? said[0] : 'frequency';
    if (extra === undefined) return;
    const message =
      repeat.rrule == null ? 'needs a frequency' : 'does not go with rrule, which says it itself';
    throw invalidInput({ field: `repeat.${extra}`, message });
  }
  const { frequency } = repeat;
  const wrong = said.find((word) => !WORDS[word]?.includes(frequency));
  if (wrong !== undefined) {
    throw invalidInput({ field: `repeat.${wrong}`, message: `does not go with frequency ${frequency}` });
  }
  if (repeat.week_of_month != null && repeat.days_of_week == null) {
    throw invalidInput({ field: 'repeat.week_of_month', message: 'needs days_of_week' });
  }
  if (repeat.day_of_month != null && repeat.days_of_week != null) {
    throw invalidInput({ field: 'repeat.day_of_month', message: 'does not go with days_of_week' });
  }
  if (repeat.until != null && repeat.count != null) {
    throw invalidInput({ field: 'repeat.count', message: 'does not go with until: say one of them' });
  }
}

/** "Yearly on day 6", or on the first Tuesday of a month, is of the start's month where none is named. */
function monthOf(repeat: RepeatDto, startMonth: number): number | null {
  if (repeat.frequency !== 'yearly') return null;
  if (repeat.month_of_year != null) return repeat.month_of_year;
  return repeat.day_of_month != null || repeat.days_of_week != null ? startMonth : null;
}

function untilText(until: string): string {
  const when = parseWhen(until);
  if (when === null)
    throw invalidInput({ field: 'repeat.until', message: 'must be a date such as 2022-12-31' });
  if (when.kind === 'instant') return `${formatBasicCivilTime(when.instant)}Z`;
  return when.kind === 'date' ? formatBasicCivilDate(when.civil) : formatBasicCivilTime(when.civil);
}
