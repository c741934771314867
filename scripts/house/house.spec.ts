import { describe, expect, test } from '@jest/globals';
import type { SourceFile } from './finding.js';
import { circleFindings } from './folder-circles.js';
import { limitFindings } from './listed-limits.js';
import { nameFindings } from './named-symbols.js';
import { tableFindings } from './own-tables.js';
import { purityFindings } from './pure-core.js';
import { repeatedNameFindings } from './repeated-names.js';
import { sizeFindings } from './sizes.js';
import { wireNameFindings } from './wire-names.js';

function file(path: string, text = ''): SourceFile {
  return { path, text };
}

/** A file that imports others by their paths. */
function importing(path: string, ...targets: string[]): SourceFile {
  return file(path, targets.map((target) => `import { x } from '${target}';\n`).join(''));
}

describe('the sizes', () => {
  test.each([
    [250, []],
    [251, ['src/a/long.ts']],
  ])('a file of %d lines breaks the rule: %j', (lines, found) => {
    expect(sizeFindings([file('src/a/long.ts', 'x\n'.repeat(lines))]).map(({ path }) => path)).toEqual(found);
  });

  test.each([
    ['src/a', 18, []],
    ['src/a', 19, ['src/a']],
    ['src/database/migrations', 19, []],
  ])('the folder %s with %d files breaks the rule: %j', (folder, count, found) => {
    const files = Array.from({ length: count }, (_, index) => file(`${folder}/${index}.ts`));
    expect(sizeFindings(files).map(({ path }) => path)).toEqual(found);
  });
});

describe('folders that import each other', () => {
  test('are found, at each depth', () => {
    const files = [
      importing('src/a/x.ts', '../b/y.js'),
      importing('src/b/y.ts', '../c/z.js'),
      importing('src/c/z.ts', '../a/other.js'),
      importing('src/d/d.ts', './rest/e.js'),
      importing('src/d/rest/e.ts', '../f.js'),
    ];
    expect(circleFindings(files).map(({ path }) => path)).toEqual([
      'src/a ↔ src/b ↔ src/c',
      'src/d ↔ src/d/rest',
    ]);
  });

  test('are none where one folder is above the other', () => {
    const files = [
      importing('src/a/x.ts', '../b/y.js', './store/z.js'),
      importing('src/a/store/z.ts', '../../b/y.js'),
      importing('src/a/x.spec.ts', '../c/z.js'),
      importing('src/c/z.ts', '../a/x.js'),
    ];
    expect(circleFindings(files)).toEqual([]);
  });
});

describe('the core', () => {
  test.each([
    'const now = Date.now();',
    'const now = new Date();',
    'const now = Date();',
    'return Math.random() < 0.5;',
    'const zone = process.env.TZ;',
    'const start = performance.now();',
    'setTimeout(work, 10);',
    'await fetch(url);',
    'const { env } = process;',
    'const { now } = Date;',
    'return new Date(instant).getHours();',
    'return new Date(instant).toLocaleString();',
    'return new Intl.DateTimeFormat().format(instant);',
  ])('must not: %s', (code) => {
    expect(purityFindings([file('src/calendar/time/x.ts', code)])).toHaveLength(1);
    expect(purityFindings([file('src/events/x.ts', code), file('src/calendar/x.spec.ts', code)])).toEqual([]);
  });

  test.each([
    'const date = new Date(instant);',
    '/** Does not read Date.now(). */',
    "throw new CalendarError('invalid', 'x', 'Not Math.random() nor new Date()');",
    'const process = parse(rule); return process;',
    'return zone.fetch(instant);',
    'return new Date(instant).getUTCHours();',
    "return new Intl.DateTimeFormat('en', { timeZone: 'UTC' });",
  ])('may: %s', (code) => {
    expect(purityFindings([file('src/calendar/time/x.ts', code)])).toEqual([]);
  });
});

describe('the SQL of a module', () => {
  const files = [
    file('src/users/store/user.entity.ts', "@Entity('users')"),
    file('src/events/store/event.entity.ts', "@Entity('events')"),
  ];

  function foreign(path: string, text: string): string[] {
    return tableFindings([...files, file(path, text)], []).map(({ problem }) => problem);
  }

  test.each([
    'SELECT id FROM users WHERE id = $1',
    'SELECT FROM events e LEFT JOIN users u ON u.id = e.organizer_id',
    'SELECT FROM unnest($1::integer[]) AS candidate (id), users u',
    'UPDATE users SET name = $1',
    'INSERT INTO users (id) VALUES ($1)',
    'DELETE FROM events e USING users u',
  ])('names no table of another module: %s', (sql) => {
    expect(foreign('src/events/store/x.ts', sql)).toEqual(['names a table of another module: users']);
    expect(foreign('src/users/store/x.ts', sql.replaceAll('events', 'other'))).toEqual([]);
    expect(foreign('src/database/migrations/1-x.ts', sql)).toEqual([]);
  });

  test.each([
    "import { a, users } from './x.js';",
    'return { attendees, users, overrides };',
    'users.get(id)',
  ])('is not: %s', (code) => {
    expect(foreign('src/events/read/x.ts', code)).toEqual([]);
  });

  test('has exceptions only where it needs them', () => {
    const exception = { path: 'events/store/x.ts', tables: ['users'], reason: 'speed' };
    const inSql = file('src/events/store/x.ts', 'SELECT FROM users');
    expect(tableFindings([...files, inSql], [exception])).toEqual([]);
    expect(tableFindings(files, [exception]).map(({ problem }) => problem)).toEqual([
      'is an exception that nothing needs: users',
    ]);
  });
});

describe('the names of a document', () => {
  const files = [file('src/events/write/event-writer.ts', 'export class EventWriter { create() {} }')];
  const paths = ['src/events/write/event-writer.ts', 'src/events/write', 'src/events', 'openapi.json'];

  function missing(text: string): string[] {
    return nameFindings(file('ARCHITECTURE.md', text), files, paths).map(({ problem }) => problem);
  }

  test.each([
    '`EventWriter`',
    '`EventWriter.create()`',
    '`events/write/`',
    '`src/events/write/event-writer.ts`',
    '`openapi.json`',
    '`If-Match`',
    '`npm run check`',
  ])('exist: %s', (text) => {
    expect(missing(text)).toEqual([]);
  });

  test.each(['`EventReader`', '`EventWriter.erase()`', '`events/read/`', '`src/events/write/gone.ts`'])(
    'do not exist: %s',
    (text) => {
      expect(missing(text)).toEqual([`names ${text}, which does not exist`]);
    },
  );
});

describe('a limit of the code', () => {
  const list = file('docs/limits.md', '| `MAX_A`: a limit | 1 |\n| MAX_B | 2 |\n');

  test.each([
    ['that the document lists', 'src/a.ts', 'export const MAX_A = 1;', 0],
    ['that the document does not list', 'src/a.ts', 'const x = 1;\nexport const MAX_C = 1;', 1],
    ['that the document names without backticks', 'src/a.ts', 'export const MAX_B = 1;', 1],
    ['with a longer name than the listed one', 'src/a.ts', 'export const MAX_A_DAYS = 1;', 1],
    ['that stays in its file', 'src/a.ts', 'const MAX_C = 1;', 0],
    ['of a script', 'scripts/a.ts', 'export const MAX_C = 1;', 0],
  ])('%s', (_, path, text, count) => {
    expect(limitFindings(list, [file(path, text)])).toHaveLength(count);
  });
});

describe('an exported name', () => {
  const room = file('src/a/room.ts', 'export interface Room {}\nexport class Door {}');

  test.each([
    ['of one file', file('src/b/desk.ts', 'export interface Desk {}'), []],
    ['that is not exported again', file('src/b/desk.ts', 'interface Room {}\nimport { Door } from "x";'), []],
    ['in a template', file('scripts/b.ts', 'const text = `\nexport class Room {}\n`;'), []],
    ['of a package', file('packages/p/src/b.ts', 'export class Room {}'), []],
    ['of a test', file('src/b/desk.spec.ts', 'export class Room {}'), []],
    ['of two files', file('src/b/desk.ts', 'export abstract class Room {}'), ['`Room`']],
    ['of a script', file('scripts/b.ts', 'export async function Door() {}'), ['`Door`']],
  ])('%s', (_, other, names) => {
    const found = repeatedNameFindings([room, other]).map(({ problem }) => problem);
    expect(found).toEqual(names.map((name) => `export the same name ${name}`));
  });

  test('that one file declares twice is no finding', () => {
    const merged = file('src/a/room.ts', 'export interface Room {}\nexport class Room {}');
    expect(repeatedNameFindings([merged])).toEqual([]);
  });
});

describe('a wire name of an event', () => {
  test.each([
    ['in the edge of events', 'src/events/rest/dto/event.dto.ts', 'start_date!: string;', 0],
    ['in an example of the document', 'src/openapi/story/events.ts', 'const event = { end_date: day };', 0],
    ['in a unit test', 'src/http/wire-names/wire-names.spec.ts', "const names = { start: 'start_date' };", 0],
    ['of a script', 'scripts/a.ts', 'const name = "start_date";', 0],
    ['as a part of another name', 'src/a.ts', 'const restart_dates = 1;', 0],
    ['in the writer of events', 'src/events/write/a.ts', 'event.start_date', 1],
    ['in another module', 'src/scheduling/rest/a.ts', 'end_date?: string;', 1],
    ['in the document, examples aside', 'src/openapi/document.ts', "const name = 'end_date';", 1],
    ['in a comment', 'src/http/a.ts', '/** Such as `start_date`. */', 1],
  ])('%s', (_, path, text, count) => {
    expect(wireNameFindings([file(path, text)])).toHaveLength(count);
  });
});
