import { describe, expect, test } from '@jest/globals';
import { type LineFormat, prettyLines } from './pretty-lines.js';

/** The line without the time of the machine's zone. */
async function formatted(fields: object, colorize = false): Promise<string> {
  const format: LineFormat = await prettyLines(colorize);
  const line = format(JSON.stringify({ level: 'info', time: '2026-03-02T09:00:00.000Z', ...fields }));
  return line.replace(/^\[\d\d:\d\d:\d\d\] /, '');
}

describe('a log line for people', () => {
  test('has the level, the component and the message', async () => {
    expect(await formatted({ context: 'Calendar', msg: 'The service has ended' })).toBe(
      'INFO: Calendar: The service has ended',
    );
  });

  test('of a reminder or a request has its fields behind the message', async () => {
    expect(await formatted({ msg: 'reminder', user_id: 2, start: '2026-03-02T09:10:00Z' })).toBe(
      'INFO: reminder {"user_id":2,"start":"2026-03-02T09:10:00Z"}',
    );
  });

  test('of an error has its stack', async () => {
    const err = { type: 'Error', message: 'no', stack: 'Error: no\n    at work (work.js:1:1)' };
    expect(await formatted({ level: 'error', err, msg: 'no' })).toMatch(
      /^ERROR: no[\s\S]+at work \(work\.js:1:1\)/,
    );
  });

  test('has colours where they are shown', async () => {
    const escape = String.fromCodePoint(27);
    expect(await formatted({ msg: 'request' }, true)).toContain(escape);
    expect(await formatted({ msg: 'request' })).not.toContain(escape);
  });

  test('may be a line that is no JSON', async () => {
    expect((await prettyLines(false))('no JSON')).toBe('no JSON');
  });
});
