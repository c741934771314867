/** Work to time. `round` selects other users for each round. */
export interface Subject {
  readonly name: string;
  readonly run: (round: number) => Promise<unknown>;
}

/** Milliseconds, ascending. */
export type Timings = readonly number[];

/** Times all subjects in turn, round by round, so that other work of the machine affects all of them equally. */
export async function timeInTurn(
  subjects: readonly Subject[],
  warmUp: number,
  rounds: number,
): Promise<Map<string, Timings>> {
  const timings = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const { name, run } of subjects) {
      const before = process.hrtime.bigint();
      await run(round);
      const took = Number(process.hrtime.bigint() - before) / 1e6;
      if (round >= warmUp) timings.get(name)?.push(took);
    }
  }
  return new Map([...timings].map(([name, all]) => [name, all.toSorted((a, b) => a - b)]));
}

export function quantile(timings: Timings, share: number): number {
  return timings[Math.min(Math.floor(timings.length * share), timings.length - 1)];
}
