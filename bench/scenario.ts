/** A named benchmark: `npm run bench -- <name>` runs `<name>.bench.ts` and writes the result to `results/`. */
export interface Scenario {
  readonly title: string;
  /** Runs the benchmark and returns the results as Markdown. */
  run(): Promise<string>;
}
