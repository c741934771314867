/** A named benchmark: `npm run bench -- <name>` runs `<name>.bench.ts` and keeps what it returns under `results/`. */
export interface Scenario {
  readonly title: string;
  /** Runs it and answers the results as Markdown. */
  run(): Promise<string>;
}
