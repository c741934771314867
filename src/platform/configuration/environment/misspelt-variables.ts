import { KNOWN_NAMES, VARIABLES } from './variables.js';

/** A variable that the service does not read, and the one that was probably meant. */
export interface MisspeltVariable {
  readonly name: string;
  readonly meant: string;
}

/** Letters. In a shorter name one other letter makes another word: `PORT` and `SORT`, `HOST` and `POST`. */
const SHORTEST_WITH_TYPO = 6;

/** Letters. In a shorter name two other letters make another word: `DATABASE_SSL` is no `DATABASE_URL`. */
const SHORTEST_WITH_TWO_TYPOS = 12;

/** Letters. The beginning of many words has two. */
const SHORTEST_ABBREVIATION = 3;

/** Longer names belong to others, and a comparison takes time in proportion to the length. */
const LONGEST = 40;

const KNOWN: ReadonlySet<string> = new Set(KNOWN_NAMES);

const LETTERS_OF_KNOWN: ReadonlyMap<string, string> = new Map(
  [...KNOWN_NAMES, ...VARIABLES.map((name) => `${name}_FILE`)].map((name) => [name, lettersOf(name)]),
);

/**
 * Finds the variables that are set, that the service does not read, and whose names resemble one that it reads: they
 * differ in case, separators or a plural (`AUTHMODE`, `TRUST_PROXIES`), by one typing error (`LOG_LEVLE`), by two in a
 * long name, or by a word written out (`DATA_DIRECTORY`). The rule is conservative, since the environment holds many variables of others.
 */
export function misspeltVariables(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): MisspeltVariable[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    // On Windows the names of variables have no case.
    const read = KNOWN.has(platform === 'win32' ? name.toUpperCase() : name);
    const meant = read || !value || name.length > LONGEST ? null : meantBy(name);
    return meant === null ? [] : [{ name, meant }];
  });
}

/** One sentence that names both variables, and not the value, which may be a secret. */
export function describeMisspelt({ name, meant }: MisspeltVariable): string {
  return `The service does not know the variable ${name} and ignores it: did you mean ${meant}?`;
}

function meantBy(name: string): string | null {
  const whole = VARIABLES.find((known) => writesOut(name, known));
  if (whole !== undefined) return whole;
  const letters = lettersOf(name);
  let nearest: string | null = null;
  let least = Infinity;
  for (const [known, lettersOfKnown] of LETTERS_OF_KNOWN) {
    const errors = typingErrors(letters, lettersOfKnown);
    const length = Math.max(letters.length, lettersOfKnown.length);
    const allowed = length >= SHORTEST_WITH_TWO_TYPOS ? 2 : length >= SHORTEST_WITH_TYPO ? 1 : 0;
    if (errors <= allowed && errors < least) [nearest, least] = [known, errors];
  }
  // Only a secret may be given as a file.
  return nearest === null || KNOWN.has(nearest) ? nearest : nearest.replace(/_FILE$/, '');
}

/** Whether a name is another one with a word written out, as `DATA_DIRECTORY` is `DATA_DIR`. */
function writesOut(name: string, known: string): boolean {
  const [words, short] = [name.toUpperCase().split('_'), known.split('_')];
  const longer = short.filter((word, index) => words[index] !== word);
  return (
    words.length === short.length &&
    longer.length === 1 &&
    short.length > 1 &&
    (longer[0]?.length ?? 0) >= SHORTEST_ABBREVIATION &&
    short.every((word, index) => words[index]?.startsWith(word))
  );
}

/** The name without case, separators, and the plural of its words. */
function lettersOf(name: string): string {
  return name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => (word.length > 5 ? word.replace(/IES$/, 'Y').replace(/(?<=[^S])S$/, '') : word))
    .join('');
}

/** The letters that were left out, added, replaced or swapped with their neighbour (optimal string alignment). */
function typingErrors(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      let errors = Math.min(replaced, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        errors = Math.min(errors, beforeLast[j - 2] + 1);
      row.push(errors);
    }
    [beforeLast, last] = [last, row];
  }
  return last[other.length];
}
