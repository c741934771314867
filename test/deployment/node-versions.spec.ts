import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { parseDockerfile } from '../support/deployment/dockerfile.js';

/** The part of semver that this test uses; the package has no types. */
interface SemanticVersions {
  satisfies(version: string, range: string): boolean;
  /** Whether each version in `range` is in `other` too. */
  subset(range: string, other: string): boolean;
}

interface Manifest {
  readonly version?: string;
  readonly engines?: { readonly node?: string };
}

const semver = createRequire(import.meta.url)('semver') as SemanticVersions;

const supported = (JSON.parse(textOf('package.json')) as Manifest).engines?.node ?? '';

/** npm warns (EBADENGINE) of a package that does not support the version of Node.js. */
describe('the supported versions of Node.js', () => {
  test.each([
    ['20.18.3', false],
    ['20.19.0', true],
    ['20.20.2', true],
    ['21.7.3', false],
    ['22.12.0', false],
    ['22.13.0', true],
    ['23.11.1', false],
    ['24.10.0', false],
    ['24.11.0', true],
    ['25.0.0', true],
  ])('include %s: %s', (version, expected) => {
    expect(semver.satisfies(version, supported)).toBe(expected);
  });

  test.each(['package-lock.json', 'tools/openapi/package-lock.json'])('suit every package of %s', (file) => {
    const lock: { packages: Record<string, Manifest> } = JSON.parse(textOf(file));
    const narrower = Object.entries(lock.packages)
      .filter(([, { engines }]) => engines?.node !== undefined && !semver.subset(supported, engines.node))
      .map(([path, { version, engines }]) => `${path}@${version} needs ${engines?.node}`);
    expect(narrower).toEqual([]);
  });

  test('name the same version in the image, .nvmrc and the README', () => {
    const bases = parseDockerfile(textOf('Dockerfile')).map(({ base }) => base);
    const major = textOf('.nvmrc').trim();
    expect(major).toBe('24');
    expect(new Set(bases)).toEqual(new Set([`node:${major}-bookworm-slim`]));
    expect(textOf('README.md')).toContain(`Node.js ${major}`);
  });
});

function textOf(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}
