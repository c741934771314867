import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The part of CLDR's `windowsZones.json` that is read. */
interface WindowsZones {
  readonly supplemental: {
    readonly windowsZones: {
      readonly mapTimezones: readonly {
        readonly mapZone: { readonly _other: string; readonly _type: string; readonly _territory: string };
      }[];
    };
  };
}

/** CLDR's territory of the whole world: the zone that a Windows name means without a country. */
const WORLD = '001';

/** The text of the module that has the table. A test compares it with the file. */
export async function windowsZonesModule(): Promise<string> {
  const require = createRequire(import.meta.url);
  const [zones, metadata] = await Promise.all(
    ['cldr-core/supplemental/windowsZones.json', 'cldr-core/package.json'].map(
      async (name): Promise<unknown> => JSON.parse(await readFile(require.resolve(name), 'utf8')),
    ),
  );
  const { mapTimezones } = (zones as WindowsZones).supplemental.windowsZones;
  const { version } = metadata as { version: string };
  const lines = mapTimezones
    .map(({ mapZone }) => mapZone)
    .filter(({ _territory: territory }) => territory === WORLD)
    .map(({ _other: windows, _type: iana }) => `${windows}=${iana}`);
  return `/**
 * The time zones of Windows with the IANA zones that they mean without a country, from the Unicode CLDR ${version}.
 * Copyright © Unicode, Inc., under the Unicode License v3 (https://www.unicode.org/license.txt).
 * \`npm run windows-time-zones\` generates this file; change scripts/windows-zones/ instead.
 */
export const WINDOWS_ZONE_NAMES: ReadonlyMap<string, string> = new Map(
  \`
${lines.join('\n')}
\`
    .trim()
    .split('\\n')
    .map((line) => line.split('=') as [string, string]),
);
`;
}
