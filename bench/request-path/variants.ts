import { fileURLToPath } from 'node:url';
import { type Instance, startInstance } from '../load/instance.js';
import { HANDLER, PIECES, type Piece } from './pieces.js';
import type { Subject } from './subject.js';

const BARE = fileURLToPath(new URL('bare-instance.js', import.meta.url));
const REPLACE_MODULES = new URL('replace-modules.js', import.meta.url).href;

const API_KEY = `cal_benchmarks_${'0'.repeat(40)}`;
const PASSWORD = 'a password of the benchmark';

/** Checks a token without the statement that reads the user's generation. */
const GENERATION: Piece = {
  name: 'generation',
  without: { 'auth/store/generations.repository': 'generations' },
};

export interface Variants {
  /** Fastify, Nest, then the product with all pieces, then with one piece less in each. */
  readonly ladder: readonly Subject[];
  /** The product with all pieces: a token without its statement, a token, an API key. */
  readonly callers: readonly Subject[];
}

/** @param started takes each process that has started, for the caller to stop */
export async function startVariants(databaseUrl: string, started: Instance[]): Promise<Variants> {
  const start = async (
    variables: NodeJS.ProcessEnv,
    program?: readonly string[],
  ): Promise<Subject['instances']> => {
    const one = async (): Promise<Instance> => {
      const instance = await startInstance(databaseUrl, variables, program);
      started.push(instance);
      return instance;
    };
    return [await one(), await one()];
  };
  const product = async (off: readonly Piece[]) => start(environmentOf([HANDLER, ...off]));
  const ladder: Subject[] = [
    { name: 'Fastify', instances: await start({}, [BARE, 'fastify']), headers: {} },
    { name: 'Nest and Fastify', instances: await start({}, [BARE, 'nest']), headers: {} },
  ];
  for (const [count, name] of ['product', ...PIECES.map((piece) => piece.name)].entries())
    ladder.push({ name, instances: await product(PIECES.slice(0, count)), headers: {} });
  const all = await product([]);
  const token = `Bearer ${await accessToken(all[0].url)}`;
  const callers = [
    {
      name: 'access token, without its statement',
      instances: await product([GENERATION]),
      headers: { authorization: token },
    },
    { name: 'access token', instances: all, headers: { authorization: token } },
    { name: 'API key', instances: all, headers: { authorization: `Bearer ${API_KEY}` } },
  ];
  return { ladder, callers };
}

function environmentOf(pieces: readonly Piece[]): NodeJS.ProcessEnv {
  return {
    NODE_OPTIONS: `--import=${REPLACE_MODULES}`,
    BENCH_WITHOUT: JSON.stringify(Object.assign({}, ...pieces.map(({ without }) => without))),
    BOOTSTRAP_API_KEY: API_KEY,
    // PostgreSQL has connections for all processes.
    DATABASE_POOL_SIZE: '4',
    RATE_LIMIT: '999999999/h',
    RATE_LIMIT_KEYS: '999999999/h',
  };
}

/** The token of a new user. */
async function accessToken(url: string): Promise<string> {
  const email = 'caller@example.com';
  await post(`${url}/users`, { name: 'Caller', email, password: PASSWORD });
  const { access_token: token } = await post(`${url}/auth/login`, { email, password: PASSWORD });
  return token;
}

async function post(url: string, body: object): Promise<{ access_token: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { access_token: string };
}
