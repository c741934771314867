/** One line of a Dockerfile, its continuations joined: `COPY --from=build /app/dist dist`. */
export interface Instruction {
  readonly name: string;
  /** The options before the arguments: `{ from: 'build' }`. */
  readonly options: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The instructions between one `FROM` and the next. */
export interface Stage {
  readonly base: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/** @throws {Error} if an instruction precedes the first `FROM` */
export function parseDockerfile(text: string): Stage[] {
  const stages: { base: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsOf(text)) {
    if (instruction.name === 'FROM') {
      const [base = '', , name = null] = words(instruction.text);
      stages.push({ base, name, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new Error(`${instruction.name} stands before the first FROM.`);
    stage.instructions.push(instruction);
  }
  return stages;
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
  const joined = lines.join('\n').replace(/\\\n/g, ' ');
  return joined.split('\n').map((line) => {
    const [, name = '', options = '', rest = ''] = /^\s*(\w+)((?:\s+--\S+)*)\s+(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`This line of the Dockerfile has no instruction: ${line}`);
    return { name: name.toUpperCase(), options: optionsOf(options), text: rest.trim() };
  });
}

function optionsOf(text: string): Record<string, string> {
  return Object.fromEntries(words(text).map((option) => option.replace(/^--/, '').split('=', 2)));
}

/** The words of a command in its exec form, `["node", "main.js"]`. @throws {Error} for the shell form */
export function execForm(text: string): string[] {
  if (!text.startsWith('[')) throw new Error(`A shell, which keeps signals to itself, would run: ${text}`);
  const command: string[] = JSON.parse(text);
  return command;
}

export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Tells which files of the build context a `.dockerignore` leaves in: the last pattern that matches decides. */
export function includedBy(dockerignore: string): (path: string) => boolean {
  const patterns = dockerignore
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ includes: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));
  return (path) => patterns.findLast(({ pattern }) => pattern.test(path))?.includes ?? true;
}

/** A pattern matches a path, and every path below it. */
function patternOf(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*|[.+?^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    return part === '*' ? '[^/]*' : `\\${part}`;
  });
  return new RegExp(`^${source}(?:/|$)`);
}
