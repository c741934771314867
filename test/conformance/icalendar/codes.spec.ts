import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

interface Schemas {
  readonly [name: string]: { readonly properties: { readonly code: { readonly enum: readonly string[] } } };
}

const { schemas }: { schemas: Schemas } = JSON.parse(readFileSync('openapi.json', 'utf8')).components;
const DOCUMENT = readFileSync('docs/icalendar.md', 'utf8');

/** The folders whose code reads the objects of files and makes events of them. */
const READERS = ['src/calendar', 'src/icalendar', 'src/events/write', 'src/errors'];

/** The files that only list the codes. */
const LISTS = new Set(['icalendar-codes.ts', 'import-problem.ts']);

function sourceOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !LISTS.has(name))
    .map(({ parentPath, name }) => readFileSync(`${parentPath}/${name}`, 'utf8'))
    .join('\n');
}

/** The codes in the first column of the table of a chapter. */
function codesIn(chapter: string): string[] {
  const [text = ''] = DOCUMENT.split(`## ${chapter}\n`).slice(1);
  const rows = text
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...row.split('|')[1].matchAll(/`(\w+)`/g)].map(([, code]) => code));
}

const SOURCE = READERS.map(sourceOf).join('\n');

/** The codes with which the reader calls a function. */
function codesOfCalls(call: string): string[] {
  return [...SOURCE.matchAll(new RegExp(`${call}\\(\\s*'(\\w+)'`, 'g'))].map(([, code]) => code);
}

describe.each([
  ['ImportWarning', 'Warnings', 'notes\\.warn'],
  ['ImportProblem', 'Problems of an object', 'new ICalendarError'],
])('the codes of %s', (schema, chapter, call) => {
  const listed = schemas[schema].properties.code.enum;

  test('are all that the code can produce', () => {
    const ofCalls = codesOfCalls(call).filter((code) => code !== 'invalid_icalendar');
    expect(ofCalls.length).toBeGreaterThan(8);
    expect(ofCalls.filter((code) => !listed.includes(code))).toEqual([]);
    expect(listed.filter((code) => !SOURCE.includes(`'${code}'`))).toEqual([]);
  });

  test('are explained', () => {
    expect(codesIn(chapter).toSorted()).toEqual([...listed].toSorted());
  });
});
