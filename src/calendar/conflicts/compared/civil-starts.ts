import type { RuleStarts } from '../../recurrence/rule/rule-starts.js';
import { type CivilTime, DAY, epochDayOfCivil, modulo } from '../../time/civil-time.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import type { DayPattern } from '../patterns/day-pattern.js';
import type { ComparisonBudget } from './comparison-budget.js';

/** The civil starts of a rule, for a reader that leaps ahead. Each start, and each period that is read, is a unit of work. */
export class CivilStarts {
  private readonly read = new NumberBuffer();
  private readPeriod = Number.NaN;

  /** @param last the last start, or a civil time after all starts that count */
  constructor(
    private readonly ruleStarts: RuleStarts,
    private readonly pattern: DayPattern,
    readonly last: CivilTime,
    private readonly budget: ComparisonBudget,
  ) {}

  /** The civil time from which on the rule counts. */
  get first(): CivilTime {
    return this.ruleStarts.start;
  }

  /** The first start in `[from, to]`, both inclusive; infinity if there is none. */
  next(from: CivilTime, to: CivilTime): CivilTime {
    const low = Math.max(from, this.first);
    const high = Math.min(to, this.last);
    if (low > high) return Infinity;
    const start = this.pattern.isExact ? this.nextOfPattern(low) : this.nextOfPeriods(low, high);
    return start <= high ? start : Infinity;
  }

  private nextOfPattern(low: CivilTime): CivilTime {
    this.budget.spend(1);
    const { times } = this.ruleStarts;
    const today = epochDayOfCivil(low);
    const day = this.nextDay(today);
    if (day !== today) return day * DAY + times[0];
    const time = low - today * DAY;
    for (const each of times) if (each >= time) return today * DAY + each;
    return this.nextDay(today + 1) * DAY + times[0];
  }

  private nextDay(day: number): number {
    const { modulus, values } = this.pattern.days;
    const residue = modulo(day, modulus);
    for (const value of values) if (value >= residue) return day - residue + value;
    return values.length === 0 ? Infinity : day - residue + modulus + values[0];
  }

  private nextOfPeriods(low: CivilTime, high: CivilTime): CivilTime {
    const lastPeriod = this.ruleStarts.periodOf(high);
    for (let period = this.ruleStarts.periodOf(low); period <= lastPeriod; period += 1) {
      this.budget.spend(1);
      if (period !== this.readPeriod) this.readStarts(period);
      const { values, size } = this.read;
      for (let index = 0; index < size; index += 1) if (values[index] >= low) return values[index];
    }
    return Infinity;
  }

  private readStarts(period: number): void {
    this.read.clear();
    this.ruleStarts.addStarts(period, this.first, this.last, this.read);
    this.readPeriod = period;
    this.budget.spend(this.read.size);
  }
}
