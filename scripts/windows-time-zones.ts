/**
 * Writes the IANA names of Windows' time zones into the core, from the Unicode CLDR (`cldr-core`):
 * `npm run windows-time-zones`.
 */
import { writeFile } from 'node:fs/promises';
import { windowsZonesModule } from './windows-zones/windows-zones-module.js';

await writeFile('src/calendar/icalendar/zones/windows-zone-names.ts', await windowsZonesModule());
