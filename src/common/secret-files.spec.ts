import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Configuration, readConfiguration } from './configuration.js';

const secret = 'a-secret-of-thirty-two-bytes-or-more';
const database = 'postgres://calendar:hunter2@db:5432/calendar';
const mail = 'smtp://calendar:hunter2@mail.example.com:587';

describe('a secret given as a file', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'secrets-'));
  });
  afterEach(async () => rm(directory, { recursive: true }));

  async function file(content: string | Buffer): Promise<string> {
    const path = join(directory, 'secret');
    await writeFile(path, content);
    return path;
  }

  test.each<[string, string, Partial<Configuration>]>([
    ['JWT_SECRET', secret, { jwtSecrets: [secret] }],
    ['JWT_SECRET', `${secret},${secret}-old`, { jwtSecrets: [secret, `${secret}-old`] }],
    ['DATABASE_URL', database, { databaseUrl: database }],
    ['DATABASE_DIRECT_URL', database, { databaseDirectUrl: database }],
    ['DATABASE_REPLICA_URL', database, { databaseReplicaUrl: database }],
    ['SMTP_URL', mail, { smtpUrl: mail, smtpFrom: 'calendar@mail.example.com' }],
    ['WEBHOOK_SECRET', secret, { webhookSecret: Buffer.from(secret) }],
  ])('is read for %s', async (name, value, expected) => {
    for (const end of ['', '\n', '\r\n']) {
      const environment = { [name]: '', [`${name}_FILE`]: await file(value + end) };
      expect(readConfiguration(environment)).toMatchObject(expected);
    }
  });

  test('is read for the headers of the collector', async () => {
    const headers = 'authorization=Bearer%20hunter2';
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS_FILE: await file(`${headers}\n`),
    };
    expect(readConfiguration(environment).tracing).toEqual({ protocol: 'http/protobuf', headers });
  });

  test('satisfies the demand for a secret in production', async () => {
    const environment = { NODE_ENV: 'production', JWT_SECRET_FILE: await file(secret) };
    expect(readConfiguration(environment).jwtSecrets).toEqual([secret]);
  });

  test('is checked like the variable', async () => {
    const environment = { JWT_SECRET_FILE: await file('short') };
    expect(() => readConfiguration(environment)).toThrow(/^JWT_SECRET must have at least 32 bytes/);
  });

  test('excludes the variable', async () => {
    const environment = { JWT_SECRET: secret, JWT_SECRET_FILE: await file(secret) };
    expect(() => readConfiguration(environment)).toThrow(
      'JWT_SECRET and JWT_SECRET_FILE must not be set together.',
    );
  });

  test('counts as not given if the name of the file is empty', () => {
    expect(readConfiguration({ JWT_SECRET: secret, JWT_SECRET_FILE: '' }).jwtSecrets).toEqual([secret]);
  });

  test.each([
    ['is missing', 'missing', 'ENOENT'],
    ['is a directory', '.', 'EISDIR'],
  ])('names the variable and the path if the file %s', (_, name, code) => {
    const path = join(directory, name);
    expect(() => readConfiguration({ SMTP_URL_FILE: path })).toThrow(
      `SMTP_URL_FILE names ${path}, which the service cannot read (${code}).`,
    );
  });

  test.each([
    ['is empty', ''],
    ['is blank', ' \n'],
    ['has a second line', `${secret}\n${secret}\n`],
    ['is no text', Buffer.alloc(32, 0xff)],
  ])('names the variable and the path if the file %s', async (_, content) => {
    const path = await file(content);
    expect(() => readConfiguration({ JWT_SECRET_FILE: path })).toThrow(
      `JWT_SECRET_FILE must name a file that holds one line of text, unlike ${path}.`,
    );
  });
});
