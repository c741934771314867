/** The part of `rrule-rust` that the benchmark uses. */
export interface RruleRust {
  readonly DateTime: { fromTimestamp(milliseconds: number): unknown };
  readonly RRuleSet: {
    fromString(text: string): {
      readonly cache: { disable(): void };
      between(from: unknown, to: unknown, inclusive: boolean): readonly unknown[];
    };
  };
}

/**
 * The library, or null if it is not installed. The library names binaries for platforms that were never published, so
 * `npm ci` would refuse a lock file with it. `npm install --no-save rrule-rust@3.1.1` installs it.
 */
export async function loadRruleRust(): Promise<RruleRust | null> {
  const name: string = 'rrule-rust';
  try {
    return (await import(name)) as RruleRust;
  } catch {
    return null;
  }
}
