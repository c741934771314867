import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './report.js';
import type { Scenario } from './scenario.js';

// rrule handles zones correctly only in a process whose zone is UTC.
process.env.TZ = 'UTC';

const here = new URL('.', import.meta.url);
const scenarios = (await readdir(here)).flatMap((file) => /^(.+)\.bench\.js$/.exec(file)?.[1] ?? []);
const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { print: { type: 'boolean', default: false } },
});
const unknown = asked.filter((name) => !scenarios.includes(name));

if (asked.length === 0 || unknown.length > 0) {
  process.stderr.write(`usage: npm run bench -- ${scenarios.join('|')} [--print]\n`);
  process.exitCode = 1;
} else {
  for (const name of asked) {
    const { scenario }: { scenario: Scenario } = await import(new URL(`${name}.bench.js`, here).href);
    const text = `# ${scenario.title}\n\n${machine()}\n\n${await scenario.run(keep)}\n`;
    await keep(`${name}.md`, text);
    process.stdout.write(`${text}\n`);
  }
}

async function keep(path: string, text: string): Promise<void> {
  if (values.print) return;
  const file = `bench/results/${path}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
