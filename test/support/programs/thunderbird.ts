import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningScript, runProgram } from '../service/child-process.js';
import { Marionette } from './marionette.js';
import type { SeenOccurrence } from './seen-occurrences.js';

/** Milliseconds. */
const START_TIMEOUT_MS = 60_000;

/** What Thunderbird knows of an occurrence. */
export interface ThunderbirdOccurrence extends SeenOccurrence {
  readonly uid: string;
  readonly attendees: readonly string[];
  readonly alarms: number;
}

/** The occurrences of items in a window, in Thunderbird's own code. */
const OCCURRENCES = `
  const { cal } = ChromeUtils.importESModule('resource:///modules/calendar/calUtils.sys.mjs');
  const seen = (item) => {
    const instant = (time) => {
      const local = time.clone();
      if (local.timezone.isFloating) local.timezone = cal.dtz.defaultTimezone;
      return time.isDate
        ? [time.year, String(time.month + 1).padStart(2, '0'), String(time.day).padStart(2, '0')].join('-')
        : new Date(local.nativeTime / 1000).toISOString().replace('.000', '');
    };
    return {
      uid: item.id, start: instant(item.startDate), end: instant(item.endDate), title: item.title,
      location: item.getProperty('LOCATION'), description: item.descriptionText,
      attendees: item.getAttendees().map((one) => [one.id, one.commonName, one.participationStatus].join(' ')),
      alarms: item.getAlarms().length,
    };
  };
  const occurrencesOf = (items, from, to) => items
    .flatMap((item) => item.getOccurrencesBetween(cal.createDateTime(from), cal.createDateTime(to)))
    .filter((item) => item.status !== 'CANCELLED')
    .map(seen);
`;

/** A headless Thunderbird with a profile of its own, which connects to no server but those that a test names. */
export class Thunderbird {
  private constructor(
    private readonly process: RunningScript,
    private readonly marionette: Marionette,
    private readonly profile: string,
    readonly version: string,
  ) {}

  static async start(zone: string): Promise<Thunderbird> {
    const profile = await mkdtemp(join(tmpdir(), 'thunderbird-'));
    const preferences = {
      // A free one, which Thunderbird writes into its profile.
      'marionette.port': 0,
      'calendar.timezone.local': zone,
      'calendar.timezone.useSystemTimezone': false,
      'mail.provider.suppress_dialog_on_startup': true,
      'mail.shell.checkDefaultClient': false,
      'app.update.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'services.settings.server': 'http://127.0.0.1:9/',
    };
    const lines = Object.entries(preferences).map(
      (pair) => `user_pref(${pair.map((part) => JSON.stringify(part)).join(', ')});\n`,
    );
    await writeFile(join(profile, 'user.js'), lines.join(''));
    const flags = [
      '--headless',
      '--marionette',
      '--remote-allow-system-access',
      '--no-remote',
      '--new-instance',
    ];
    const process = runProgram('thunderbird', [...flags, '--profile', profile], {
      env: { ...globalThis.process.env, HOME: profile, MOZ_HEADLESS: '1', MOZ_CRASHREPORTER_DISABLE: '1' },
    });
    const marionette = await Marionette.open(await portOf(profile));
    const version = await marionette.evaluate<string>('return Services.appinfo.version;');
    return new Thunderbird(process, marionette, profile, version);
  }

  /** Reads a file as Thunderbird imports it. */
  async read(file: string, from: string, to: string): Promise<ThunderbirdOccurrence[]> {
    return this.marionette.evaluate(
      `${OCCURRENCES}
      const [file, from, to] = args;
      const parser = Cc['@mozilla.org/calendar/ics-parser;1'].createInstance(Ci.calIIcsParser);
      parser.parseString(file);
      return occurrencesOf(parser.getItems(), from, to);`,
      file,
      basicTime(from),
      basicTime(to),
    );
  }

  /** Subscribes to the calendar at an address. */
  async subscribe(url: string, from: string, to: string): Promise<ThunderbirdOccurrence[]> {
    return this.marionette.evaluate(
      `${OCCURRENCES}
      const [url, from, to] = args;
      const calendar = cal.manager.createCalendar('ics', Services.io.newURI(url));
      calendar.readOnly = true;
      cal.manager.registerCalendar(calendar);
      await new Promise((resolve) => calendar.addObserver({
        QueryInterface: ChromeUtils.generateQI(['calIObserver']),
        onLoad: resolve, onError: resolve, onStartBatch() {}, onEndBatch() {}, onAddItem() {}, onModifyItem() {},
        onDeleteItem() {}, onPropertyChanged() {}, onPropertyDeleting() {},
      }));
      const items = await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, null, null);
      const seenItems = occurrencesOf(items, from, to);
      cal.manager.unregisterCalendar(calendar);
      return seenItems;`,
      url,
      basicTime(from),
      basicTime(to),
    );
  }

  async stop(): Promise<void> {
    this.marionette.close();
    await this.process.end('SIGKILL');
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function portOf(profile: string): Promise<number> {
  for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end; await sleep(100)) {
    const port = await readFile(join(profile, 'MarionetteActivePort'), 'utf8').catch(() => '');
    if (port !== '') return Number(port);
  }
  throw new Error('Thunderbird does not start.');
}

function basicTime(instant: string): string {
  return instant.replaceAll(/[-:]/g, '');
}
