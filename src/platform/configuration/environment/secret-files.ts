import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { errorCode } from '../../error-code.js';
import { ConfigurationError } from './configuration-error.js';
import type { GatheredErrors } from './gathered-errors.js';
import { SECRET_VARIABLES, type SecretVariable, type Variables } from './variables.js';

/**
 * No secret is as long, and a pipe may have no end.
 * @public `docs/limits.md` lists it.
 */
export const MAX_SECRET_BYTES = 64 * 1024;

/**
 * Returns the environment in which each secret that is given as a file has the text of the file. A secret that is given
 * twice, or whose file does not hold one line of text, is an error; the secret of such a file stays unset.
 */
export function withSecretFiles(env: Variables, errors: GatheredErrors): Variables {
  const read: Partial<Record<SecretVariable, string>> = {};
  for (const name of SECRET_VARIABLES) {
    const variable = `${name}_FILE` as const;
    const path = env[variable];
    if (path) {
      errors.of(() => {
        if (env[name]) throw new ConfigurationError(`${name} and ${variable} must not be set together.`);
        read[name] = readSecret(variable, path);
      });
    }
  }
  return { ...env, ...read };
}

/**
 * The one line of the file, without its line break. A message repeats neither the content of the file nor the value of the
 * variable: by mistake, the value may be the secret.
 */
function readSecret(variable: string, path: string): string {
  const content = contentOf(variable, path);
  const text = new TextDecoder().decode(content).replace(/[\r\n]+$/, '');
  // A second line would be part of a key, a URL would lose its line break silently, and bytes that are no text would
  // become the same character.
  if (!isUtf8(content) || text.trim() === '' || /[\r\n\0]/.test(text))
    throw new ConfigurationError(`${variable} must name a file that holds one line of text.`);
  return text;
}

function contentOf(variable: string, path: string): Buffer {
  let content: Buffer;
  try {
    const stats = statSync(path);
    // A device may have no end. A pipe is the file of a shell's `<(…)`.
    if (!stats.isFile() && !stats.isFIFO())
      throw new ConfigurationError(`${variable} must name a file or a pipe, and no directory or device.`);
    content = readAtMost(path, MAX_SECRET_BYTES + 1);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const reason = errorCode(error) ?? 'unknown error';
    throw new ConfigurationError(
      `${variable} must name a file; the service cannot read the file that it names (${reason}).`,
    );
  }
  if (content.length > MAX_SECRET_BYTES) {
    throw new ConfigurationError(
      `${variable} must name a file of at most ${MAX_SECRET_BYTES} bytes that holds one line of text.`,
    );
  }
  return content;
}

function readAtMost(path: string, most: number): Buffer {
  const content = Buffer.alloc(most);
  const file = openSync(path, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read)
      read = readSync(file, content, length, most - length, null);
    return content.subarray(0, length);
  } finally {
    closeSync(file);
  }
}
