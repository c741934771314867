/** Keeps a further file of results. @param path below `results/` */
export type Keep = (path: string, text: string) => Promise<void>;

/**
 * A named benchmark: `npm run bench -- <name>` runs `<name>.bench.ts`, prints the result and writes it to `results/`. With
 * `--print`, it writes no file.
 */
export interface Scenario {
  readonly title: string;
  /** Runs the benchmark and returns the results as Markdown. */
  run(keep: Keep): Promise<string>;
}
