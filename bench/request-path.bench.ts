import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import type { Instance } from './load/instance.js';
import { type Cost, costOf, quantile, type Subject } from './request-path/subject.js';
import { startVariants } from './request-path/variants.js';
import type { Scenario } from './scenario.js';
import { createUsers, newDatabase } from './scheduling/database.js';

const PATH = '/free-busy?user_ids=1&from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z';

/** The optimising compiler has compiled the path after so many requests. */
const WARM_UP = 5_000;
const ROUNDS = 30;
const REQUESTS = 150;

/** Measures each piece of the path of a request through the framework. */
export const scenario: Scenario = {
  title: 'Path of a request',
  run: async () => {
    const server = await startThrowAwayPostgres({ fsync: 'off' });
    const started: Instance[] = [];
    try {
      const url = await newDatabase(server.url, 'bench');
      await createUsers(url);
      const { ladder, callers } = await startVariants(url, started);
      const before = loadavg();
      const costs = await costsOf([...ladder, ...callers]);
      const after = loadavg();
      return [
        `\`GET ${PATH}\`, whose handler answers without the database, from one client on one connection. Processor time is that of all threads of the service. Each variant has two processes; each gets ${REQUESTS} requests in turn, in ${ROUNDS} rounds. A figure is the lower quartile of the rounds, since other work of the machine makes a round slower and never faster, and so does worse code of the compiler. The cost of a piece is the difference of two rows; differences below some 5 µs are noise. Load average before: ${loadText(before)}; after: ${loadText(after)}.`,
        ladderTable(ladder, costs),
        await readFile('bench/request-path/reasons.md', 'utf8'),
        'The product with all pieces. An access token and an API key each need a statement, whose processor time in the service counts.',
        callerTable(ladder[2], callers, costs),
      ].join('\n\n');
    } finally {
      for (const instance of started) await instance.stop();
      await server.stop();
    }
  },
};

/** The costs of each subject, by round. */
type Costs = ReadonlyMap<string, readonly Cost[]>;

async function costsOf(subjects: readonly Subject[]): Promise<Costs> {
  const costs = new Map<string, Cost[]>(subjects.map(({ name }) => [name, []]));
  const processes = subjects.flatMap(({ name, instances, headers }) =>
    instances.map((instance) => ({ name, instance, headers })),
  );
  for (const { instance, headers } of processes) await costOf(instance, headers, PATH, WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, instance, headers } of processes)
      costs.get(name)?.push(await costOf(instance, headers, PATH, REQUESTS));
  }
  return costs;
}

function ladderTable(ladder: readonly Subject[], costs: Costs): string {
  const trivial = quartileOf(costs, ladder[2], 'processor');
  const rows = ladder.map((subject, index) => {
    const [processor, response] = figuresOf(costs, subject);
    if (index < 3) return row([`**${subject.name}**`, micros(processor), micros(response), '', '']);
    const piece = quartileOf(costs, ladder[index - 1], 'processor') - processor;
    const share = `${Math.round((piece / trivial) * 100)} %`;
    return row([`without ${subject.name}`, micros(processor), micros(response), micros(piece), share]);
  });
  const head = ['variant', 'processor, µs', 'response, µs', 'the piece, µs of processor', 'of the product'];
  return [row(head), '|---|---:|---:|---:|---:|', ...rows].join('\n');
}

function callerTable(product: Subject, callers: readonly Subject[], costs: Costs): string {
  const withoutToken = quartileOf(costs, product, 'processor');
  const rows = callers.map((subject) => {
    const [processor, response] = figuresOf(costs, subject);
    return row([subject.name, micros(processor), micros(response), micros(processor - withoutToken)]);
  });
  const head = ['caller', 'processor, µs', 'response, µs', 'more than without a token, µs of processor'];
  return [row(head), '|---|---:|---:|---:|', ...rows].join('\n');
}

function figuresOf(costs: Costs, subject: Subject): [processor: number, response: number] {
  return [quartileOf(costs, subject, 'processor'), quartileOf(costs, subject, 'response')];
}

function quartileOf(costs: Costs, { name }: Subject, of: keyof Cost): number {
  return quantile(
    (costs.get(name) ?? []).map((cost) => cost[of]),
    0.25,
  );
}

function loadText(load: readonly number[]): string {
  return load[0].toFixed(1);
}

function micros(value: number): string {
  return value.toFixed(0);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
