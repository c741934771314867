/** What is measured of `rrule-rust`. */
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
 * The library, or null where it is not installed: it names binaries for more platforms than were published, so that
 * `npm ci` would refuse a lock file that has it. `npm install --no-save rrule-rust@3.1.1` brings it.
 */
export async function loadRruleRust(): Promise<RruleRust | null> {
  const name: string = 'rrule-rust';
  try {
    return (await import(name)) as RruleRust;
  } catch {
    return null;
  }
}
