import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SeenOccurrence } from './seen-occurrences.js';

const DAY_MS = 86_400_000;

/** Of fields and of occurrences in the output. */
const [FIELD, RECORD] = ['\u001f', '\u001e'];

const TIME_FORMAT = '%Y-%m-%dT%H:%M:%S%z';

/** khal with a calendar of its own. */
export class Khal {
  private constructor(private readonly folder: string) {}

  static async create(zone: string): Promise<Khal> {
    const folder = await mkdtemp(join(tmpdir(), 'khal-'));
    const configuration = [
      '[calendars]',
      '[[calendar]]',
      `path = ${folder}/calendar`,
      '[locale]',
      `local_timezone = ${zone}`,
      `default_timezone = ${zone}`,
      'timeformat = %H:%M',
      'dateformat = %Y-%m-%d',
      'longdateformat = %Y-%m-%d',
      `datetimeformat = ${TIME_FORMAT}`,
      `longdatetimeformat = ${TIME_FORMAT}`,
      '[default]',
      'default_calendar = calendar',
      '[sqlite]',
      `path = ${folder}/khal.db`,
    ];
    await mkdir(join(folder, 'calendar'));
    await writeFile(join(folder, 'config'), configuration.join('\n'));
    return new Khal(folder);
  }

  /** Imports a file. @returns what khal complains about */
  async import(file: string): Promise<string> {
    const path = join(this.folder, 'export.ics');
    await writeFile(path, file);
    const { stderr } = this.run('import', '--batch', '-a', 'calendar', path);
    return stderr;
  }

  /** The occurrences that take place in a window of days, as `khal list` shows them. */
  occurrences(from: string, to: string): SeenOccurrence[] {
    const fields = ['start-long', 'end-long', 'title', 'location', 'description', 'uid', 'status'];
    const format = fields.map((name) => `{${name}}`).join(FIELD) + RECORD;
    const { stdout } = this.run('list', '--day-format', '', '--format', format, from, to);
    const records = stdout.split(RECORD).slice(0, -1);
    // khal repeats an occurrence on each of its days.
    return [...new Set(records.map((record) => record.trim()))]
      .map((record) => record.split(FIELD))
      .filter(([, , , , , , status]) => status.trim() !== 'CANCELLED')
      .map(([start, end, title, location, description]) => ({
        start: isDate(start) ? start : instantOf(start),
        end: isDate(end) ? dayAfter(end) : instantOf(end),
        title,
        location,
        description,
      }));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private run(...args: readonly string[]) {
    return spawnSync('khal', ['-c', join(this.folder, 'config'), ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      maxBuffer: 2 ** 26,
    });
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

/** khal names the last day of whole days. */
function dayAfter(date: string): string {
  return new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);
}

function instantOf(text: string): string {
  return new Date(text.replace(/(\d\d)(\d\d)$/, '$1:$2')).toISOString().replace('.000', '');
}
