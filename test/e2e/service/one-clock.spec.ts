import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Logger, type LoggerService } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/data-source-options.js';
import { ClockSync } from '../../../src/database/clock/clock-sync.js';
import { DatabaseClock } from '../../../src/database/clock/database-clock.js';
import type { MachineClocks } from '../../../src/database/clock/machine-clocks.js';
import { DatabaseOpening } from '../../../src/database/database-opening.js';
import { Admission } from '../../../src/http/load/admission.js';
import { readConfiguration } from '../../../src/platform/configuration/configuration.js';
import { ReminderDispatcher } from '../../../src/reminders/dispatch/reminder-dispatcher.js';
import { PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { OidcProvider } from '../../support/servers/oidc-provider.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { LineList } from '../../support/service/reminders.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The time that a busy machine may take for a few requests, far less than the difference of the clocks. */
const MOMENT = MINUTE;

/** Clocks of a machine whose time is wrong by so many milliseconds. */
function clocksOffBy(milliseconds: number): MachineClocks {
  return { wall: () => Date.now() + milliseconds, steady: () => performance.now() };
}

function inMilliseconds(duration: number): string {
  return new Date(Date.now() + duration).toISOString();
}

/** The metric `clock_offset_seconds`. */
async function offsetOf({ url }: TestApplication): Promise<number> {
  const { body } = await new Client(url).get('/metrics');
  return Number(/^clock_offset_seconds (\S+)$/m.exec(body)?.[1]);
}

const ignore = (): void => undefined;

describe.each([
  ['ahead', 10 * MINUTE],
  ['behind', -10 * MINUTE],
])('of two instances over a database, one on a machine ten minutes %s', (name, difference) => {
  let database: TestDatabase;
  let provider: OidcProvider;
  let output: LineList;
  let wrong: TestApplication;
  let right: TestApplication;

  beforeAll(async () => {
    database = await createTestDatabase();
    provider = await OidcProvider.start();
    output = new LineList();
    const environment = {
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: 'calendar',
      REMINDER_DISPATCH: 'off',
    };
    const start = async (off: number): Promise<TestApplication> =>
      startTestApplication(environment, new DatabaseClock(clocksOffBy(off)), output, database);
    wrong = await start(difference);
    right = await start(0);
  });
  afterAll(async () => {
    await wrong.close();
    await right.close();
    await provider.stop();
    await database.drop();
  });

  async function remindedOf(application: TestApplication, start: string): Promise<number> {
    const client = new Client(application.url);
    const user = await client.post('/users', {
      name: 'ann',
      email: `ann${Date.now()}.${name}@example.com`,
      default_reminders: [{ minutes_before: 10, method: 'log' }],
    });
    const event = { title: 'Planning', organizer_user_id: user.body.id, start_date: start, duration: 3600 };
    const { status, body } = await client.post('/events', event);
    expect(status).toBe(201);
    return body.id;
  }

  /** The times at which reminders of the event fired. */
  async function firedBy(application: TestApplication, eventId: number): Promise<number[]> {
    const before = output.lines.length;
    await application.app.get(ReminderDispatcher).runDue();
    return output.lines
      .slice(before)
      .filter(({ event_id }) => event_id === eventId)
      .map(({ time }) => Date.parse(time));
  }

  test('the Date of a response is the time of the database', async () => {
    for (const path of ['/users/999', '/health/live', '/no-such-path']) {
      const { headers } = await new Client(wrong.url).get(path);
      expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(MOMENT);
    }
  });

  test('a reminder that is not due does not fire', async () => {
    const eventId = await remindedOf(right, inMilliseconds(15 * MINUTE));
    expect(await firedBy(wrong, eventId)).toEqual([]);
    expect(await firedBy(right, eventId)).toEqual([]);
  });

  test('a reminder that is due fires on either, once', async () => {
    for (const [one, other] of [
      [wrong, right],
      [right, wrong],
    ]) {
      const eventId = await remindedOf(wrong, inMilliseconds(5 * MINUTE));
      const fired = await firedBy(one, eventId);
      expect(fired).toHaveLength(1);
      expect(Math.abs(fired[0] - Date.now())).toBeLessThan(MOMENT);
      expect(await firedBy(other, eventId)).toEqual([]);
    }
  });

  test('a search begins now', async () => {
    const client = new Client(wrong.url);
    const eventId = await remindedOf(wrong, inMilliseconds(24 * 60 * MINUTE));
    const { body: event } = await client.get(`/events/${eventId}`);
    const { body } = await client.get(
      `/events:nearest-empty-time-interval?duration=1h&user_ids=${event.organizer_user_id}`,
    );
    expect(Math.abs(Date.parse(body.start ?? '') - Date.now())).toBeLessThan(MOMENT);
  });

  test.each([
    ['at the wrong one, used at the right one', true],
    ['at the right one, used at the wrong one', false],
  ])('a login %s is fresh, and its session goes on', async (order, wrongFirst) => {
    const [first, second] = wrongFirst ? [wrong, right] : [right, wrong];
    const account = await signUp(new Client(first.url), `${name}${wrongFirst}`);
    const elsewhere = account.client.at(second.url);
    expect((await elsewhere.get(`/users/${account.id}`)).body.email).toBe(account.email);
    const email = `${name}${wrongFirst}.new@example.com`;
    expect(await elsewhere.patch(`/users/${account.id}`, { email })).toMatchObject({ status: 200 });
    const renewed = await elsewhere.post('/auth/refresh', { refresh_token: account.refreshToken });
    expect({ order, status: renewed.status }).toEqual({ order, status: 200 });
  });

  test('an access token ends a quarter of an hour from now', async () => {
    const client = new Client(wrong.url);
    const { email } = await signUp(client, `${name}.token`);
    const { body } = await client.post('/auth/login', { email, password: PASSWORD });
    const [, payload] = body.access_token.split('.');
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(Math.abs(exp * SECOND - Date.now() - 15 * MINUTE)).toBeLessThan(MOMENT);
  });

  test('a token of an identity provider is in force', async () => {
    const email = `${name}.oidc@example.com`;
    const { body: user } = await new Client(right.url).create('/users', { name, email });
    const now = Math.floor(Date.now() / SECOND);
    const token = await provider.sign({
      iss: provider.issuer,
      aud: 'calendar',
      sub: name,
      email,
      email_verified: true,
      iat: now,
      nbf: now,
      exp: now + 5 * 60,
    });
    const { body } = await new Client(wrong.url).with(token).get(`/users/${user.id}`);
    expect(body).toMatchObject({ id: user.id, email_verified: true });
  });

  test('an idempotency key is as old as it is', async () => {
    const headers = { 'idempotency-key': name };
    const user = { name, email: `${name}.key@example.com` };
    expect((await new Client(wrong.url).send('POST', '/users', user, headers)).status).toBe(201);
    const [{ age }] = await query<{ age: number }>(
      database.url,
      'SELECT abs(extract(epoch FROM clock_timestamp() - created_at))::integer AS age FROM idempotency_keys',
    );
    expect(age * SECOND).toBeLessThan(MOMENT);
  });

  test('the metrics name the difference', async () => {
    expect(Math.abs((await offsetOf(wrong)) - difference / SECOND)).toBeLessThan(10);
    expect(Math.abs(await offsetOf(right))).toBeLessThan(10);
  });
});

describe('running instances', () => {
  let database: TestDatabase;
  let output: LineList;
  let started: TestApplication[];

  beforeEach(async () => {
    database = await createTestDatabase();
    output = new LineList();
    started = [];
  });
  afterEach(async () => {
    await Promise.all(started.map(async (instance) => instance.close()));
    await database.drop();
  });

  async function startInstance(clock: DatabaseClock): Promise<TestApplication> {
    const instance = await startTestApplication({}, clock, output, database);
    started.push(instance);
    return instance;
  }

  test('measure the clock every minute, and when the clock of their machine was set', async () => {
    let [set, passed] = [0, 0];
    const clock = new DatabaseClock({
      wall: () => Date.now() + set + passed,
      steady: () => performance.now() + passed,
    });
    await startInstance(clock);
    passed = MINUTE;
    expect(clock.now().getTime() - Date.now()).toBeGreaterThan(MOMENT - SECOND);
    await eventually(async () => Math.abs(clock.now().getTime() - Date.now()) < SECOND);
    set = 10 * MINUTE;
    expect(clock.hasStepped).toBe(true);
    expect(clock.now().getTime() - Date.now()).toBeLessThan(SECOND);
    await eventually(async () => !clock.hasStepped);
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(SECOND);
  });

  test('with clocks apart fire a reminder once, and not before it is due', async () => {
    const instances = await Promise.all(
      [10 * MINUTE, 0, -10 * MINUTE].map(async (off) => startInstance(new DatabaseClock(clocksOffBy(off)))),
    );
    const client = new Client(instances[0].url);
    await client.create('/users', {
      name: 'ann',
      email: 'ann@example.com',
      default_reminders: [{ minutes_before: 10, method: 'log' }],
    });
    const due = Date.now() + 3 * SECOND;
    const start = new Date(due + 10 * MINUTE).toISOString();
    await client.create('/events', {
      title: 'Planning',
      organizer_user_id: 1,
      start_date: start,
      duration: 3600,
    });
    await eventually(async () => output.lines.length > 0);
    const seen = Date.now();
    // Truncated to a second, as the start of the event is.
    expect(seen).toBeGreaterThanOrEqual(Math.floor(due / SECOND) * SECOND);
    expect(Math.abs(Date.parse(output.lines[0].time) - seen)).toBeLessThan(MOMENT);
    for (const { app } of instances) await app.get(ReminderDispatcher).runDue();
    expect(output.lines).toHaveLength(1);
  });
});

describe('the measurement of the clock', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let warnings: string[];
  let off: number;
  let clock: DatabaseClock;
  let sync: ClockSync;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.url)).initialize();
    warnings = [];
    off = 0;
    clock = new DatabaseClock({ wall: () => Date.now() + off, steady: () => performance.now() });
    const opening = new DatabaseOpening(readConfiguration({}), dataSource, new Admission(1));
    sync = new ClockSync(clock, dataSource, opening);
    const logger: LoggerService = { log: ignore, error: ignore, warn: (text) => warnings.push(String(text)) };
    Logger.overrideLogger(logger);
  });
  afterEach(() => {
    warnings.length = 0;
  });
  afterAll(async () => {
    Logger.overrideLogger(false);
    await database.drop();
  });

  test.each([
    ['that is right', 0, []],
    ['that is less than two seconds ahead', 1.5 * SECOND, []],
    ['that is more than two seconds ahead', 2.5 * SECOND, ['2.5 s ahead of']],
    ['that is still so', 2.5 * SECOND, []],
    ['that is ahead by more', 10 * MINUTE, ['600.0 s ahead of']],
    ['that is behind', -3 * SECOND, ['3.0 s behind']],
    ['that is right again', 0, []],
    ['that is behind again', -3 * SECOND, ['3.0 s behind']],
  ])('of a machine %s', async (_, milliseconds, named) => {
    off = milliseconds;
    await sync.measure();
    expect(warnings.map((text) => /[\d.]+ s (?:ahead of|behind)/.exec(text)?.[0])).toEqual(named);
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(SECOND);
  });

  test('fails while the database is out of reach, and leaves the clock as it was', async () => {
    await dataSource.destroy();
    off = 10 * MINUTE;
    await expect(sync.measure()).rejects.toThrow(/not connected|not established|destroyed|end/i);
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(SECOND);
    expect(clock.hasStepped).toBe(true);
  });
});
