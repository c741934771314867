import { expect, test } from '@jest/globals';
import { Columns, jsonRows } from './columns.js';

const MEETING = new Columns<{ id: number; timeZone: string; startAt: Date }>('meetings', {
  id: 'id',
  timeZone: 'time_zone',
  startAt: (table) => `lower(${table}.span)`,
});

test.each<[string, string, string]>([
  [
    'columns under their names',
    MEETING.select('m', ['timeZone', 'id']),
    'm.time_zone AS "timeZone", m.id AS "id"',
  ],
  ['expressions of the table', MEETING.select('m', ['startAt']), 'lower(m.span) AS "startAt"'],
  ['columns of an INSERT', MEETING.list(['timeZone', 'id']), 'time_zone, id'],
  ['bare columns', MEETING.bare('m', ['id', 'timeZone']), 'm.id, m.time_zone'],
  [
    'all columns',
    MEETING.select('m', MEETING.names),
    'm.id AS "id", m.time_zone AS "timeZone", lower(m.span) AS "startAt"',
  ],
])('a list of columns selects %s', (_, sql, expected) => {
  expect(sql).toBe(expected);
});

test('rows are inserted by the names of the table, for a tenant', () => {
  expect(MEETING.insert(['id', 'timeZone'])).toBe(
    `INSERT INTO meetings (tenant_id, id, time_zone)
      SELECT $1, id, time_zone FROM jsonb_populate_recordset(NULL::meetings, $2)`,
  );
  expect(MEETING.rowsInJson(['id', 'timeZone'], [{ id: 1, timeZone: 'UTC' }])).toBe(
    '[{"id":1,"time_zone":"UTC"}]',
  );
});

test('many rows have the values that they share once', () => {
  expect(MEETING.sharingRows('$1')).toBe(
    "jsonb_populate_recordset(jsonb_populate_record(NULL::meetings, $1::jsonb -> 'shared'), $1::jsonb -> 'rows')",
  );
  const rows = [
    { id: 1, timeZone: 'UTC' },
    { id: 2, timeZone: 'UTC' },
  ];
  expect(MEETING.sharingRowsInJson(['id', 'timeZone'], rows)).toBe(
    '{"shared":{"time_zone":"UTC"},"rows":[{"id":1},{"id":2}]}',
  );
  expect(MEETING.sharingRowsInJson(['id', 'timeZone'], [])).toBe('{"shared":{},"rows":[]}');
});

test('an expression is not inserted', () => {
  expect(() => MEETING.insert(['startAt'])).toThrow('meetings has no column startAt, only an expression.');
});

test('rows are one JSON array, empty without any', () => {
  expect(jsonRows('SELECT 1')).toBe("(SELECT coalesce(json_agg(rows), '[]') FROM (SELECT 1) AS rows)");
});
