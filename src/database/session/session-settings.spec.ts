import { describe, expect, test } from '@jest/globals';
import { settingExpression, settingsStatement, startupOptions } from './session-settings.js';

describe('the settings of a session', () => {
  test.each([
    [false, 'SET statement_timeout = 5000; SET search_path TO "calendar",pg_temp; SELECT '],
    [true, 'SET LOCAL statement_timeout = 5000; SET LOCAL search_path TO "calendar",pg_temp; SELECT '],
  ])('begin with the time-out and the search path (of one transaction: %s)', (local, start) => {
    const statement = settingsStatement('calendar', true, local);
    expect(statement.startsWith(start)).toBe(true);
    expect(statement).toContain(`pg_catalog.set_config('timezone', 'UTC', ${local})`);
    expect(statement).not.toMatch(new RegExp(`set_config\\([^)]*, ${!local}\\)`));
  });

  test.each([
    [true, 'force_generic_plan'],
    [false, 'auto'],
  ])('keep the plans of statements: %s', (keepsPlans, mode) => {
    const expected = `set_config('plan_cache_mode', '${mode}', false)`;
    expect(settingsStatement('public', keepsPlans, false)).toContain(expected);
  });

  test.each([
    ['jit', 'off', `pg_catalog.set_config('jit', 'off', true)`],
    [
      'transaction_timeout',
      '0',
      `CASE WHEN pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL ` +
        `THEN pg_catalog.set_config('transaction_timeout', '0', true) END`,
    ],
  ])('have %s only if the server knows it', (name, value, expression) => {
    expect(settingExpression(name, value, true)).toBe(expression);
  });

  test('have options for the start-up packet', () => {
    expect(startupOptions('calendar')).toBe(
      '-c search_path="calendar",pg_temp -c statement_timeout=5000 -c idle_session_timeout=0',
    );
  });
});
