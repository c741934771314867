/**
 * The seed of a property test, printed so that a failure can be repeated: `PROPERTY_SEED=<number> npm test`.
 */
export function printedSeed(property: string): number {
  const seed = Number(process.env.PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31));
  process.stdout.write(`${property}: seed ${seed}\n`);
  return seed;
}

/** Cases of a property test; `PROPERTY_RUNS` asks for more, as a nightly run may. */
export const PROPERTY_RUNS = Number(process.env.PROPERTY_RUNS ?? 2_500);
