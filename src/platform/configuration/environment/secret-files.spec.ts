import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Configuration, readConfiguration } from '../configuration.js';
import { MAX_SECRET_BYTES } from './secret-files.js';

const secret = 'a-secret-of-thirty-two-bytes-or-more';
const firstKey = `cal_${'k'.repeat(40)}`;
const database = 'postgres://calendar:hunter2@db:5432/calendar';
const mail = 'smtp://calendar:hunter2@mail.example.com:587';

/** The sentence in which a file is refused. */
function refusal(path: string): string {
  try {
    readConfiguration({ SMTP_URL_FILE: path });
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

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
    ['BOOTSTRAP_API_KEY', firstKey, { bootstrapApiKey: firstKey }],
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

  test('is read from a pipe', async () => {
    const path = join(directory, 'pipe');
    await promisify(execFile)('mkfifo', [path]);
    const writer = spawn('sh', ['-c', `printf %s ${secret} > ${path}`]);
    expect(readConfiguration({ JWT_SECRET_FILE: path }).jwtSecrets).toEqual([secret]);
    await once(writer, 'close');
  });

  test.each([secret, database, 'relative', '/nowhere/secret', 'x'.repeat(5_000)])(
    'is not repeated if it is given in place of the name of the file: %s',
    (value) => {
      const message = refusal(value);
      expect(message).toMatch(
        /^SMTP_URL_FILE must name a file; the service cannot read the file that it names \((ENOENT|ENAMETOOLONG)\)\.$/,
      );
      expect(message).not.toContain(value);
    },
  );

  test.each(['/dev/zero', '/dev/null', '.'])('must not be %s', (path) => {
    expect(refusal(path)).toBe('SMTP_URL_FILE must name a file or a pipe, and no directory or device.');
  });

  test('has a bound of its size', async () => {
    const most = mail.padEnd(MAX_SECRET_BYTES, 'x');
    expect(readConfiguration({ WEBHOOK_SECRET_FILE: await file(most) }).webhookSecret).toEqual(
      Buffer.from(most),
    );
    expect(refusal(await file(`${most}x`))).toBe(
      `SMTP_URL_FILE must name a file of at most ${MAX_SECRET_BYTES} bytes that holds one line of text.`,
    );
  });

  test.each([
    ['is empty', ''],
    ['is blank', ' \n'],
    ['has a second line', `${secret}\n${secret}\n`],
    ['is no text', Buffer.alloc(32, 0xff)],
  ])('names the variable if the file %s', async (_, content) => {
    expect(refusal(await file(content))).toBe('SMTP_URL_FILE must name a file that holds one line of text.');
  });
});
