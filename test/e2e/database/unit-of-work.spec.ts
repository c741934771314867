import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Passwords } from '../../../src/auth/secrets/passwords.js';
import { CurrentTenant } from '../../../src/database/current-tenant.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

let application: TestApplication;
let unitOfWork: UnitOfWork;

beforeAll(async () => {
  application = await startTestApplication();
  unitOfWork = application.app.get(UnitOfWork);
  await application.app.get(DataSource).query(
    `CREATE TABLE counter (id int PRIMARY KEY, value int NOT NULL);
       CREATE TABLE entry (name text); CREATE UNIQUE INDEX entry_before_tenants_key ON entry (name)`,
  );
});

afterAll(async () => application.close());

beforeEach(async () => {
  await unitOfWork.manager.query('TRUNCATE counter');
  await unitOfWork.manager.query('INSERT INTO counter VALUES (1, 0), (2, 0)');
});

async function add(id: number, amount: number): Promise<void> {
  await unitOfWork.manager.query('UPDATE counter SET value = value + $2 WHERE id = $1', [id, amount]);
}

async function counters(): Promise<number[]> {
  const rows = await unitOfWork.manager.query<{ value: number }[]>('SELECT value FROM counter ORDER BY id');
  return rows.map(({ value }) => value);
}

async function openTransactions(): Promise<number> {
  const [{ count }] = await query<{ count: number }>(
    application.database.url,
    `SELECT count(*)::integer AS count FROM pg_stat_activity
      WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  );
  return count;
}

/** A point where the first callers wait for each other; open from then on. */
function barrier(callers: number): () => Promise<void> {
  const gate = new EventEmitter();
  const opened = once(gate, 'open');
  let missing = callers;
  return async () => {
    missing -= 1;
    if (missing === 0) gate.emit('open');
    await opened;
  };
}

/** A transaction in its turn on `x` that is under way until it is told to end. */
async function underWay(): Promise<() => Promise<void>> {
  const gate = new EventEmitter();
  const [begun, ended] = [once(gate, 'begun'), once(gate, 'end')];
  const work = unitOfWork.runInTurn(['x'], async () => {
    await add(1, 1);
    gate.emit('begun');
    await ended;
  });
  await begun;
  return async () => {
    gate.emit('end');
    await work;
  };
}

describe('a unit of work', () => {
  test('commits what it did when it resolves, and gives its result', async () => {
    const result = await unitOfWork.run(async () => {
      await add(1, 1);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await counters()).toEqual([1, 0]);
  });

  test('undoes what it did when it rejects', async () => {
    const work = unitOfWork.run(async () => {
      await add(1, 1);
      throw new Error('refused');
    });
    await expect(work).rejects.toThrow('refused');
    expect(await counters()).toEqual([0, 0]);
  });

  test('inside another one joins it', async () => {
    const work = unitOfWork.run(async () => {
      await unitOfWork.run(async () => add(1, 1));
      throw new Error('refused');
    });
    await expect(work).rejects.toThrow('refused');
    expect(await counters()).toEqual([0, 0]);
  });

  test('is not seen by another one that runs beside it', async () => {
    const work = new EventEmitter();
    const seenByAnother = once(work, 'changed').then(counters);
    let seen: number[] = [];
    await unitOfWork.run(async () => {
      await add(1, 1);
      work.emit('changed');
      seen = await seenByAnother;
    });
    expect(seen).toEqual([0, 0]);
  });

  test('is run again after a conflict in an index for the version before', async () => {
    let runs = 0;
    await unitOfWork.run(async () => {
      runs += 1;
      await unitOfWork.manager.query(`INSERT INTO entry VALUES ('run ${runs}'), ($1)`, [`run ${runs ** 2}`]);
    });
    const names = await unitOfWork.manager.query('SELECT name FROM entry ORDER BY name');
    expect({ runs, names }).toEqual({ runs: 2, names: [{ name: 'run 2' }, { name: 'run 4' }] });
  });

  test('has the tenant of each call in its last work, and in a step outside of it', async () => {
    const tenant = application.app.get(CurrentTenant);
    const seen: [string, number][] = [];
    const see = (place: string) => async () => void seen.push([place, tenant.id]);
    await tenant.run(1, async () =>
      unitOfWork.run(async () =>
        tenant.run(2, async () => {
          await unitOfWork.outside('step', see('outside'));
          unitOfWork.beforeCommit('last', see('last'));
        }),
      ),
    );
    expect(seen).toEqual([
      ['outside', 2],
      ['last', 2],
    ]);
  });

  test('is run again after a deadlock', async () => {
    const bothHoldOne = barrier(2);
    let runs = 0;
    const transfer = async (from: number, to: number): Promise<void> =>
      unitOfWork.run(async () => {
        runs += 1;
        await add(from, -1);
        await bothHoldOne();
        await add(to, 1);
      });
    await Promise.all([transfer(1, 2), transfer(2, 1)]);
    expect(runs).toBe(3);
    expect(await counters()).toEqual([0, 0]);
  });

  test('does last, and once, what it was asked to do before it is committed', async () => {
    const last = async () => {
      told.push(await counters());
      await add(2, 1);
    };
    const told: number[][] = [];
    await unitOfWork.run(async () => {
      unitOfWork.beforeCommit('last', last);
      unitOfWork.beforeCommit('last', last);
      await add(1, 1);
    });
    expect(told).toEqual([[1, 0]]);
    expect(await counters()).toEqual([1, 1]);
    const undone = unitOfWork.run(async () => {
      await add(1, 1);
      unitOfWork.beforeCommit('last', async () => Promise.reject(new Error('refused')));
    });
    await expect(undone).rejects.toThrow('refused');
    expect(await counters()).toEqual([1, 1]);
    expect(() => unitOfWork.beforeCommit('last', last)).toThrow('There is no transaction');
  });

  test('tells once it is committed, and never where it is undone', async () => {
    const told: (number[] | string)[] = [];
    const tellCounters = async () => {
      await add(1, 1);
      unitOfWork.afterCommit(() => told.push('committed'));
      told.push(await counters());
    };
    await unitOfWork.run(tellCounters);
    const undone = unitOfWork.run(async () => {
      await unitOfWork.run(tellCounters);
      throw new Error('refused');
    });
    await expect(undone).rejects.toThrow('refused');
    unitOfWork.afterCommit(() => told.push('outside'));
    expect(told).toEqual([[1, 0], 'committed', [2, 0], 'outside']);
  });

  describe('with a step outside of it', () => {
    test('holds no connection during the step, and has its result', async () => {
      const open: number[] = [];
      await unitOfWork.run(async () => {
        await add(1, 1);
        open.push(await openTransactions());
        const step = await unitOfWork.outside('step', async () => {
          open.push(await openTransactions());
          return unitOfWork.running;
        });
        expect(step).toBe(false);
        await add(2, 1);
      });
      expect(open).toEqual([1, 0, 1]);
      expect(await counters()).toEqual([1, 1]);
    });

    test('does the step of each key once', async () => {
      const done: string[] = [];
      const step = async (key: string) =>
        unitOfWork.outside(key, async () => {
          done.push(key);
          return key;
        });
      const results = await unitOfWork.run(async () => [await step('a'), await step('b'), await step('a')]);
      expect({ results, done }).toEqual({ results: ['a', 'b', 'a'], done: ['a', 'b'] });
    });

    test('fails with it', async () => {
      const work = unitOfWork.run(async () => {
        await add(1, 1);
        await unitOfWork.outside('step', async () => Promise.reject(new Error('refused')));
      });
      await expect(work).rejects.toThrow('refused');
      expect(await counters()).toEqual([0, 0]);
    });

    test('hashes and checks passwords there', async () => {
      const passwords = application.app.get(Passwords, { strict: false });
      let attempts = 0;
      const matches = await unitOfWork.run(async () => {
        attempts += 1;
        return passwords.match(await passwords.hash('secret words'), 'secret words');
      });
      expect({ matches, attempts }).toEqual({ matches: true, attempts: 3 });
    });
  });

  describe('in its turn', () => {
    test('waits without a connection, also where the transaction has begun before', async () => {
      const end = await underWay();
      let attempts = 0;
      const plain = unitOfWork.runInTurn(['x'], async () => add(1, 1));
      const joined = unitOfWork.run(async () => {
        attempts += 1;
        await add(2, 1);
        await unitOfWork.runInTurn(['x'], async () => add(1, 1));
      });
      await eventually(async () => attempts === 1 && (await openTransactions()) === 1);
      expect(await counters()).toEqual([0, 0]);
      await end();
      await Promise.all([plain, joined]);
      expect(attempts).toBe(2);
      expect(await counters()).toEqual([3, 1]);
    });

    test('begins at once where nothing else is under way, and passes the turn on at its end', async () => {
      let attempts = 0;
      const work = async (): Promise<void> =>
        unitOfWork.run(async () => {
          attempts += 1;
          await unitOfWork.runInTurn(['x'], async () => add(1, 1));
          await unitOfWork.runInTurn(['x', 'y'], async () => add(2, 1));
        });
      await work();
      await work();
      expect(attempts).toBe(2);
      expect(await counters()).toEqual([2, 2]);
    });
  });

  test('is not run again after any other failure', async () => {
    let runs = 0;
    const work = unitOfWork.run(async () => {
      runs += 1;
      await unitOfWork.manager.query('INSERT INTO counter VALUES (1, 0)');
    });
    await expect(work).rejects.toMatchObject({ driverError: { code: '23505' } });
    expect(runs).toBe(1);
  });

  test('gives up on work that never stops failing', async () => {
    let runs = 0;
    const work = unitOfWork.run(async () => {
      runs += 1;
      await unitOfWork.manager.query(`DO $$ BEGIN RAISE serialization_failure; END $$`);
    });
    await expect(work).rejects.toMatchObject({ driverError: { code: '40001' } });
    expect(runs).toBe(5);
  });
});
