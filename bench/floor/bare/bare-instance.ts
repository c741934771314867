import { fastify } from 'fastify';
import { Pool, types } from 'pg';
import { HOUR } from '../../../src/calendar/time/civil-time.js';
import { BareAnswers, LONGEST } from './bare-answers.js';

/**
 * The bare service: Fastify and `pg` over stored occurrences. It has no access rules, no log, no change of an event, no
 * creation of a series, and checks only what its answers depend on. Its times are milliseconds.
 */

interface Window {
  readonly from: string;
  readonly to: string;
}

interface CreateBody {
  readonly title: string;
  readonly description: string;
  readonly organizer_user_id: number;
  readonly invited_user_ids: readonly number[];
  readonly start_date: string;
  readonly duration: number;
  readonly show_as: string;
  readonly all_day?: boolean;
  readonly repeat?: object;
}

const CONNECTIONS = 8;

types.setTypeParser(types.builtins.INT8, Number);
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS, idleTimeoutMillis: 0 });
const answers = new BareAnswers(pool);
const app = fastify();

app.get('/health/ready', async () => ({ status: 'ok' }));

app.get<{ Params: { id: string }; Querystring: Window }>(
  '/users/:id/events',
  async ({ params: { id }, query: { from, to } }) =>
    answers.list(Number(id), Date.parse(from), Date.parse(to)),
);

app.get<{ Querystring: Window & { user_ids: string | string[] } }>(
  '/free-busy',
  async ({ query: { user_ids, from, to } }) =>
    answers.freeBusy([user_ids].flat().map(Number), Date.parse(from), Date.parse(to)),
);

// Fastify reads two colons as one that begins no parameter.
app.get<{ Querystring: { user_ids: string | string[]; from: string; duration: string } }>(
  '/events::nearest-empty-time-interval',
  async ({ query: { user_ids, from, duration } }, reply) => {
    const [, hours] = /^(\d+)h$/.exec(duration) ?? [];
    return hours === undefined
      ? reply.code(400).send({ detail: '`duration` is in hours.' })
      : answers.nearest([user_ids].flat().map(Number), Date.parse(from), Number(hours) * HOUR);
  },
);

app.post<{ Body: CreateBody }>('/events', async ({ body }, reply) => {
  const { title, description, organizer_user_id, invited_user_ids, start_date, duration, show_as } = body;
  const start = Date.parse(start_date);
  const end = start + duration * 1_000;
  if (body.all_day || body.repeat || !(end - start <= LONGEST))
    return reply.code(400).send({ detail: 'The bare service creates short single events.' });
  const id = await answers.create({
    title,
    description,
    organizer: organizer_user_id,
    invited: invited_user_ids,
    start,
    end,
    busy: show_as === 'busy',
  });
  return reply.code(201).send({ id });
});

process.once('SIGTERM', () => {
  void app.close().then(async () => pool.end());
});

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
