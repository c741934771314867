import { checkedRule } from '../../../calendar/recurrence/rule/checked-rule.js';
import type { RecurrenceRule, Until } from '../../../calendar/recurrence/rule/recurrence-rule.js';
import { parseRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import { SECOND } from '../../../calendar/time/civil-time.js';
import { parseWhen } from '../../../calendar/time/when.js';
import { isoWeekdays } from '../../../calendar/weekday.js';
import { atField, invalidInput } from '../../../errors/domain-error.js';
import type { NamedRule } from '../../model/schedule/schedule-command.js';
import type { RepeatDto, RepeatFrequency } from '../dto/repeat.dto.js';

const FREQUENCY_OF: Record<RepeatFrequency, RecurrenceRule['frequency']> = {
  daily: 'DAILY',
  weekly: 'WEEKLY',
  weekdays: 'WEEKLY',
  monthly: 'MONTHLY',
  yearly: 'YEARLY',
};

/** The frequencies with which each word goes. */
const WORDS: Partial<Record<keyof RepeatDto, readonly RepeatFrequency[]>> = {
  interval: ['daily', 'weekly', 'weekdays', 'monthly', 'yearly'],
  days_of_week: ['daily', 'weekly', 'monthly', 'yearly'],
  week_of_month: ['monthly', 'yearly'],
  day_of_month: ['monthly', 'yearly'],
  month_of_year: ['yearly'],
  until: ['daily', 'weekly', 'weekdays', 'monthly', 'yearly'],
  count: ['daily', 'weekly', 'weekdays', 'monthly', 'yearly'],
};

/** A month of a rule whose month is still open: RFC 5545 has no rule without one for "yearly on day 6". */
const ANY_MONTH = 1;

/**
 * The rule that a body names in words or as text; null if the body names `rdates` alone.
 * @throws {DomainError} invalid, naming the field
 */
export function toNamedRule(repeat: RepeatDto): NamedRule | null {
  refuseMixture(repeat);
  const { rrule, frequency } = repeat;
  if (rrule != null) {
    const rule = atField('repeat', () => parseRecurrenceRule(rrule));
    return { rule, inMonthOfStart: false, keepsWeekStart: false };
  }
  if (frequency != null) return ruleInWords(repeat, frequency);
  if (repeat.rdates?.length) return null;
  throw invalidInput({ field: 'repeat', message: 'must have frequency, rrule or rdates' });
}

function ruleInWords(repeat: RepeatDto, frequency: RepeatFrequency): NamedRule {
  const inMonthOfStart = isOfOneMonth(repeat) && repeat.month_of_year == null;
  const weekdays = frequency === 'weekdays' ? [1, 2, 3, 4, 5] : isoWeekdays(repeat.days_of_week ?? []);
  const rule = atField('repeat', () =>
    checkedRule({
      frequency: FREQUENCY_OF[frequency],
      interval: repeat.interval ?? undefined,
      count: repeat.count,
      until: repeat.until == null ? null : untilOf(repeat.until),
      byMonth: isOfOneMonth(repeat) ? [repeat.month_of_year ?? ANY_MONTH] : [],
      byMonthDay: repeat.day_of_month == null ? [] : [repeat.day_of_month],
      byDay: weekdays.map((weekday) => ({ weekday, ordinal: repeat.week_of_month ?? null })),
    }),
  );
  return {
    rule: inMonthOfStart ? { ...rule, byMonth: [] } : rule,
    inMonthOfStart,
    // GET shows a rule in words if its WKST has no effect, and words cannot name WKST.
    keepsWeekStart: rule.interval === 1,
  };
}

function refuseMixture(repeat: RepeatDto): void {
  const named = Object.keys(WORDS).filter(
    (word) => repeat[word as keyof RepeatDto] != null,
  ) as (keyof RepeatDto)[];
  if (repeat.rrule != null || repeat.frequency == null) {
    const extra = repeat.frequency == null ? named[0] : 'frequency';
    if (extra === undefined) return;
    const message = repeat.rrule == null ? 'needs a frequency' : 'does not go with rrule, which has it';
    throw invalidInput({ field: `repeat.${extra}`, message });
  }
  const { frequency } = repeat;
  const wrong = named.find((word) => !WORDS[word]?.includes(frequency));
  if (wrong !== undefined)
    throw invalidInput({ field: `repeat.${wrong}`, message: `does not go with frequency ${frequency}` });
  if (repeat.week_of_month != null && repeat.days_of_week == null)
    throw invalidInput({ field: 'repeat.week_of_month', message: 'needs days_of_week' });
  if (repeat.day_of_month != null && repeat.days_of_week != null)
    throw invalidInput({ field: 'repeat.day_of_month', message: 'does not go with days_of_week' });
  if (repeat.until != null && repeat.count != null)
    throw invalidInput({ field: 'repeat.count', message: 'does not go with until: send only one of them' });
}

/** Whether words name days of one month of the year. Without `month_of_year` it is the month of the start. */
function isOfOneMonth({ frequency, month_of_year, day_of_month, days_of_week }: RepeatDto): boolean {
  return frequency === 'yearly' && [month_of_year, day_of_month, days_of_week].some((word) => word != null);
}

function untilOf(text: string): Until {
  const when = parseWhen(text);
  if (when === null)
    throw invalidInput({ field: 'repeat.until', message: 'must be a date such as 2022-12-31' });
  if (when.kind === 'date') return { form: 'date', value: when.civil };
  const [form, value] =
    when.kind === 'instant' ? (['utc', when.instant] as const) : (['local', when.civil] as const);
  return { form, value: Math.floor(value / SECOND) * SECOND };
}
