import type { Comparing } from '../../../calendar/conflicts/compared/comparison-budget.js';
import type { Effort } from '../../../platform/work/long-work.js';

/** The result of a comparison, with pauses for other requests. */
export async function pausedResult<T>(comparing: Comparing<T>, effort: Effort): Promise<T> {
  for (;;) {
    const { done, value } = comparing.next();
    if (done) return value;
    await effort.rest();
  }
}
