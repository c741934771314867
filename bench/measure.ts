/** Work to time. Returns the number of results, so that a reader can check that the engines do the same. */
export type Work = () => number;

/** Several ways to do the same work, timed one after another in one process. */
export interface Row {
  readonly name: string;
  readonly works: Readonly<Record<string, Work>>;
}

export interface Timing {
  /** Median, microseconds a call. */
  readonly micros: number;
  readonly made: number;
}

const ROUNDS = 201;
const FEWEST_ROUNDS = 3;

/** Long enough for the clock, and short enough to fit between the other work of the machine. */
const SAMPLE_MILLIS = 1;

const WARM_UP_MILLIS = 150;

/** A slow engine gets the fewest rounds. */
const BUDGET_MILLIS = 1_500;

/** Times the works of a row. Each is warmed up and sampled separately, so that it does not collect the garbage of another. */
export function measure(row: Row): Map<string, Timing> {
  return new Map(Object.entries(row.works).map(([name, work]) => [name, timingOf(work)]));
}

function timingOf(work: Work): Timing {
  const made = work();
  const calls = callsASample(work);
  const samples: number[] = [];
  const start = process.hrtime.bigint();
  while (samples.length < FEWEST_ROUNDS || (samples.length < ROUNDS && millisSince(start) < BUDGET_MILLIS))
    samples.push((millisOf(work, calls) / calls) * 1_000);
  return { micros: median(samples), made };
}

/** Warms up the work until the optimising compiler has compiled it. @returns the number of calls in a sample */
function callsASample(work: Work): number {
  let calls = 1;
  let total = millisOf(work, calls);
  while (total < WARM_UP_MILLIS) {
    calls *= 2;
    total = millisOf(work, calls);
  }
  return Math.max(1, Math.round((SAMPLE_MILLIS * calls) / total));
}

function millisOf(work: Work, calls: number): number {
  const start = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) work();
  return millisSince(start);
}

function millisSince(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)];
}
