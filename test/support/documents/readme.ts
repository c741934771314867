import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const README = new URL('../../../README.md', import.meta.url);

/** The address of the service in the README. */
const ADDRESS = 'http://127.0.0.1:3000';

/** Printed before each block, so that its output is found. */
const MARK = '== block';

/** The blocks of code in a section of the README, in order. */
export async function blocksOf(section: string, language: 'js' | 'sh' | 'ts'): Promise<string[]> {
  const [, text] = (await readFile(README, 'utf8')).split(`\n## ${section}\n`);
  if (text === undefined) throw new Error(`The README has no section "${section}".`);
  const [body = ''] = text.split('\n## ');
  const blocks = [...body.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))];
  return blocks.map(([, block = '']) => block);
}

/** The code with the address of the service of the test. */
export function withAddress(code: string, url: string): string {
  if (!code.includes(ADDRESS)) throw new Error(`The code does not name ${ADDRESS}.`);
  return code.replaceAll(ADDRESS, url);
}

/** Runs blocks of shell, one after the other in one shell. @returns the output of each block, of both streams */
export async function runBlocks(
  blocks: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string[]> {
  const script = blocks.map((block) => `echo '${MARK}'\n${block}`).join('');
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', `exec 2>&1\n${script}`], {
    env: { ...process.env, ...environment },
  });
  return stdout.split(`${MARK}\n`).slice(1);
}
