import type { ContentLine } from '../model/content-line.js';

/**
 * Whether two lists have the same properties with the same parameters and values. Neither the order of properties nor that
 * of parameters matters, nor that of the parts of RRULE.
 * @example areSameLines([summary], [{ ...summary }]) // true
 */
export function areSameLines(a: readonly ContentLine[], b: readonly ContentLine[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  if (a.every((line, index) => isSameLine(line, b[index]))) return true;
  if (parameterCount(a) !== parameterCount(b)) return false;
  const [one, other] = [a, b].map((lines) => lines.map(keyOf).toSorted());
  return one.every((key, index) => key === other[index]);
}

/** Whether two properties are the same, with their parameters in the same order. */
function isSameLine(a: ContentLine, b: ContentLine): boolean {
  if (a.name !== b.name || a.value !== b.value || a.parameters.length !== b.parameters.length) return false;
  return a.parameters.every(({ name, values }, index) => {
    const other = b.parameters[index];
    return (
      name === other.name &&
      values.length === other.values.length &&
      values.every((value, at) => value === other.values[at])
    );
  });
}

function parameterCount(lines: readonly ContentLine[]): number {
  let count = 0;
  for (const { parameters } of lines) count += parameters.length;
  return count;
}

function keyOf({ name, parameters, value }: ContentLine): string {
  const sorted =
    parameters.length < 2 ? parameters : parameters.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const written = sorted.map(
    (parameter) => `;${parameter.name}=${parameter.values.map((one) => JSON.stringify(one)).join()}`,
  );
  return `${name}${written.join('')}:${name === 'RRULE' ? value.split(';').toSorted().join(';') : value}`;
}
