interface Family {
  readonly help: string | null;
  readonly type: string | null;
}

/** The suffixes of the samples of a family, by its type. */
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
};

const LABEL = '[a-zA-Z_]\\w*="(?:[^"\\\\\\n]|\\\\[\\\\n"])*"';
const SAMPLE = new RegExp(
  `^([a-zA-Z_:][\\w:]*)(?:\\{(${LABEL}(?:,${LABEL})*)?\\})? (?:NaN|[+-]Inf|-?[\\d.]+(?:e[+-]?\\d+)?)$`,
);

/** Parts of a name that the linter of Prometheus refuses: units other than the base units. */
const OTHER_UNITS = /_(?:ms|milliseconds|minutes|hours|kb|kilobytes|mb|megabytes|percent)(?:_|$)/;

/**
 * Parses metrics in the text format of Prometheus. @returns the faults: text that
 * the format does not allow, and text that the linter of Prometheus refuses
 */
export function faultsOfMetrics(text: string): string[] {
  const faults: string[] = [];
  const series = new Set<string>();
  const families = new Map<string, Family>();
  for (const line of text.split('\n').filter(Boolean)) {
    const [, keyword, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    const family = families.get(name) ?? { help: null, type: null };
    if (keyword === 'HELP') families.set(name, { ...family, help: rest });
    else if (keyword === 'TYPE') families.set(name, { ...family, type: rest });
    else {
      const sample = SAMPLE.exec(line)?.[1];
      const ofFamily = (each: [string, Family]): boolean =>
        (SUFFIXES[each[1].type ?? ''] ?? []).some((suffix) => `${each[0]}${suffix}` === sample);
      if (sample === undefined) faults.push(`not a sample: ${line}`);
      else if (![...families].some(ofFamily)) faults.push(`of no family: ${line}`);
      const labelled = line.slice(0, line.lastIndexOf(' '));
      if (series.has(labelled)) faults.push(`twice: ${labelled}`);
      series.add(labelled);
    }
  }
  for (const [name, { help, type }] of families) {
    if (help === null) faults.push(`without a help text: ${name}`);
    if ((type === 'counter') !== name.endsWith('_total')) faults.push(`a ${type} of this name: ${name}`);
    if (OTHER_UNITS.test(name)) faults.push(`not in a base unit: ${name}`);
  }
  return faults;
}
