import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '../support/client/client.js';
import { expectEachOnce, keepLedger, type Ledger, writtenSome } from '../support/client/ledger.js';
import { newDataDir, postmasterOf, removeDataDir, serverGone } from '../support/database/data-directory.js';
import { childrenOf } from '../support/service/child-process.js';
import { logLines } from '../support/service/log-lines.js';
import { type Service, startService } from '../support/service/service.js';

/** The number of crashes. Each happens during writes. */
const ROUNDS = 3;

describe('writes that were acknowledged', () => {
  let dataDir: string;
  let service: Service;

  beforeEach(async () => {
    dataDir = await newDataDir();
    service = await startService({ DATA_DIR: dataDir });
  });
  afterEach(async () => {
    await service.process.end('SIGKILL');
    await serverGone(dataDir);
    await removeDataDir(dataDir);
  });

  async function newUser(): Promise<number> {
    const email = `user${Date.now()}@example.com`;
    return (await new Client(service.url).post('/users', { name: 'ann', email })).body.id;
  }

  async function restart(): Promise<void> {
    service = await startService({ DATA_DIR: dataDir, PORT: new URL(service.url).port });
  }

  async function expectKept(ledger: Ledger, userId: number): Promise<void> {
    await expectEachOnce(ledger, new Client(service.url), userId);
    const answers = logLines(service.process.output()).filter(({ msg }) => msg === 'request');
    expect(answers.filter(({ level }) => level === 'error')).toEqual([]);
  }

  test('are there, and none twice, after the service was killed', async () => {
    const userId = await newUser();
    const ledger = keepLedger(service.url, userId, 8);
    for (let round = 0; round < ROUNDS; round += 1) {
      await writtenSome(ledger);
      await service.process.end('SIGKILL');
      await restart();
    }
    await writtenSome(ledger);
    await ledger.finish();
    await expectKept(ledger, userId);
  });

  test('are there, and none twice, after its server was killed', async () => {
    const userId = await newUser();
    const ledger = keepLedger(service.url, userId, 8);
    for (let round = 0; round < ROUNDS; round += 1) {
      await writtenSome(ledger);
      const server = await postmasterOf(dataDir);
      process.kill(server?.pid as number, 'SIGKILL');
    }
    await writtenSome(ledger);
    await ledger.finish();
    await expectKept(ledger, userId);
  });

  test('are there, and none twice, after everything was killed at once', async () => {
    const userId = await newUser();
    const ledger = keepLedger(service.url, userId, 8);
    for (let round = 0; round < ROUNDS; round += 1) {
      await writtenSome(ledger);
      const server = (await postmasterOf(dataDir))?.pid as number;
      const all = [service.process.pid, server, ...(await childrenOf(service.process.pid, 'guardian'))];
      for (const pid of [...all, ...(await childrenOf(server, 'postgres'))]) process.kill(pid, 'SIGKILL');
      await service.process.ended;
      await sleep(100);
      await restart();
    }
    await writtenSome(ledger);
    await ledger.finish();
    await expectKept(ledger, userId);
  });
});
