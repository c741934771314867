import { describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { startTestApplication } from '../../support/service/application.js';
import { tenantFaults } from '../../support/tenants/statements/check-statement.js';

const TABLES = new Set(['users', 'events', 'attendees']);

function faults(statement: string): string[] {
  return tenantFaults(statement, TABLES);
}

describe('the check of statements', () => {
  test.each([
    ['a condition', 'SELECT id FROM users WHERE tenant_id = $1 AND id = $2'],
    ['a condition in parentheses', 'SELECT id FROM users u WHERE ((u.tenant_id = $1) AND (u.id = $2))'],
    ['quoted names', 'SELECT "User"."id" FROM "users" "User" WHERE (("User"."tenant_id" = $1)) LIMIT 1'],
    ['a value first', 'SELECT id FROM users WHERE $1 = tenant_id'],
    ['some tenants', 'SELECT id FROM users WHERE tenant_id = ANY ($1)'],
    [
      'a join',
      'SELECT e.id FROM events e JOIN users u ON u.tenant_id = e.tenant_id AND u.id = e.organizer_id WHERE e.tenant_id = $1',
    ],
    [
      'a join that names the columns',
      'SELECT FROM events e JOIN attendees a USING (tenant_id, event_id) WHERE e.tenant_id = $1',
    ],
    ['a list of tables', 'SELECT FROM events e, users u WHERE e.tenant_id = $1 AND u.tenant_id = $1'],
    ['a row of values', 'DELETE FROM users WHERE (tenant_id, id) = ($1, $2)'],
    [
      'rows of a query',
      'DELETE FROM users WHERE (tenant_id, id) IN (SELECT tenant_id, user_id FROM attendees WHERE tenant_id = $1)',
    ],
    [
      'rows of JSON',
      'UPDATE users u SET name = row.name FROM json_to_recordset($1) AS row (t integer, i integer) WHERE (u.id, u.tenant_id) = (row.i, row.t)',
    ],
    [
      'a query around it',
      'SELECT EXISTS (SELECT FROM attendees a WHERE a.tenant_id = u.tenant_id AND a.user_id = u.id) FROM users u WHERE u.tenant_id = $1',
    ],
    ['an update', 'UPDATE users SET name = $2 WHERE tenant_id = $1 AND id = $3'],
    [
      'a deletion',
      'DELETE FROM attendees a USING events e WHERE a.tenant_id = $1 AND e.tenant_id = a.tenant_id',
    ],
    ['an insert', 'INSERT INTO users (tenant_id, name) VALUES ($1, $2), ($1, lower($3)) RETURNING id'],
    [
      'an insert of a query',
      'INSERT INTO attendees AS x (tenant_id, event_id) SELECT a.tenant_id, $2 FROM attendees a WHERE a.tenant_id = $1 ON CONFLICT (tenant_id, event_id) DO UPDATE SET event_id = excluded.event_id',
    ],
    ['the comment', 'SELECT id FROM users -- all tenants\n WHERE name = $1'],
    [
      'a table of another name',
      'SELECT users.id, extract(epoch FROM now()) FROM other_users AS users WHERE id IS DISTINCT FROM $1',
    ],
    ['a definition', 'ALTER TABLE users ADD COLUMN events integer'],
    ['a name in a text', "SELECT 'FROM users' -- FROM users"],
  ])('accepts %s', (_, statement) => {
    expect(faults(statement)).toEqual([]);
  });

  test.each([
    ['no condition', 'SELECT id FROM users WHERE id = $1', ['users']],
    ['a column of the result alone', 'SELECT u.tenant_id FROM users u WHERE u.id = $1', ['users u']],
    ['an order alone', 'SELECT id FROM users ORDER BY tenant_id', ['users']],
    ['a value to set alone', 'UPDATE users SET tenant_id = $1 WHERE id = $2', ['users']],
    [
      'a joined table alone',
      'SELECT FROM events e JOIN users u ON u.id = e.organizer_id WHERE e.tenant_id = $1',
      ['users u'],
    ],
    [
      'a join without a value',
      'SELECT FROM events e JOIN users u ON u.tenant_id = e.tenant_id WHERE e.id = $1',
      ['events e', 'users u'],
    ],
    [
      'a query around one that has it',
      'SELECT FROM users u WHERE id IN (SELECT a.user_id FROM attendees a WHERE a.tenant_id = $1 AND u.tenant_id = a.tenant_id)',
      ['users u'],
    ],
    [
      'a query within one that has it',
      'SELECT (SELECT count(*) FROM attendees a WHERE a.user_id = u.id) FROM users u WHERE u.tenant_id = $1',
      ['attendees a'],
    ],
    [
      'a part of a union',
      'SELECT id FROM users d WHERE d.tenant_id = $1 UNION ALL SELECT id FROM users d WHERE d.id = $2',
      ['users d'],
    ],
    [
      'a common table expression',
      'WITH x AS (SELECT id FROM users WHERE id = $1) SELECT id FROM x',
      ['users'],
    ],
    ['a table of a list', 'SELECT FROM events e, users u WHERE e.tenant_id = $1', ['users u']],
    ['a deletion', 'DELETE FROM "users" WHERE ("id" = $1)', ['users']],
    [
      'the column of an insert',
      'INSERT INTO users (name) VALUES ($1)',
      ['the columns of an insert into users'],
    ],
    [
      'the value of an insert',
      'INSERT INTO "users"("id", "tenant_id") VALUES (DEFAULT, $1), (DEFAULT, DEFAULT)',
      ['the values of an insert into users'],
    ],
    [
      'the key of a conflict',
      'INSERT INTO users (tenant_id, id) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
      ['the ON CONFLICT of an insert into users'],
    ],
    [
      'a query beside one with the comment',
      'DELETE FROM users WHERE id IN (SELECT user_id FROM attendees WHERE status = $1 -- all tenants\n)',
      ['users'],
    ],
  ])('finds a statement with a tenant in %s missing', (_, statement, expected) => {
    expect(faults(statement)).toEqual(expected);
  });
});

test('a statement of the service without its tenant fails, and so does the test that sends it', async () => {
  const application = await startTestApplication();
  const send = async (statement: string) => application.app.get(DataSource).query(statement);
  await expect(send('SELECT id FROM users')).rejects.toThrow('no tenant of users');
  await expect(send('SELECT id FROM users -- all tenants')).rejects.toThrow('not in the list');
  await expect(send('SELECT id FROM users WHERE tenant_id = 1')).resolves.toEqual([]);
  await expect(application.close()).rejects.toThrow('no tenant of users');
});
