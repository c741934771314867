import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from './configuration-error.js';
import { errorCode } from './error-code.js';
import type { GatheredErrors } from './gathered-errors.js';
import { SECRETS, type Secret, type Variables } from './variables.js';

/**
 * Returns the environment in which each secret that is given as a file has the text of the file. A secret that is given
 * twice, or whose file does not hold one line of text, is an error; the secret of such a file stays unset.
 */
export function withSecretFiles(env: Variables, errors: GatheredErrors): Variables {
  const read: Partial<Record<Secret, string>> = {};
  for (const name of SECRETS) {
    const variable = `${name}_FILE` as const;
    const path = env[variable];
    if (path)
      errors.of(() => {
        if (env[name]) throw new ConfigurationError(`${name} and ${variable} must not be set together.`);
        read[name] = readSecret(variable, path);
      });
  }
  return { ...env, ...read };
}

/** The one line of the file, without its line break. A message never repeats what the file holds. */
function readSecret(variable: string, path: string): string {
  const content = contentOf(variable, path);
  const text = new TextDecoder().decode(content).replace(/[\r\n]+$/, '');
  // A second line would be part of a key, a URL would lose its line break silently, and bytes that are no text would
  // become the same character.
  if (!isUtf8(content) || text.trim() === '' || /[\r\n\0]/.test(text)) {
    throw new ConfigurationError(`${variable} must name a file that holds one line of text, unlike ${path}.`);
  }
  return text;
}

function contentOf(variable: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = errorCode(error) ?? String(error);
    throw new ConfigurationError(`${variable} names ${path}, which the service cannot read (${reason}).`);
  }
}
