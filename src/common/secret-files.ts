import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { ConfigurationError } from './configuration-error.js';
import { errorCode } from './error-code.js';

/** The variables that hold a secret. Each can be given as a file too: `JWT_SECRET_FILE` names the file. */
export const SECRETS = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URL',
  'JWT_SECRET',
  'SMTP_URL',
  'WEBHOOK_SECRET',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const;

/**
 * Returns the environment in which each secret that is given as a file has the text of the file.
 * @throws {ConfigurationError} if a secret is given twice, or its file does not hold one line of text
 */
export function withSecretFiles(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const read: NodeJS.ProcessEnv = {};
  for (const name of SECRETS) {
    const variable = `${name}_FILE`;
    const path = env[variable];
    if (!path) continue;
    if (env[name]) throw new ConfigurationError(`${name} and ${variable} must not be set together.`);
    read[name] = readSecret(variable, path);
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
