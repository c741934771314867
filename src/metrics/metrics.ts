import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { keyOf } from '../access/actor.js';
import type { RequestWithActor } from '../access/request-with-actor.js';
import { SECOND } from '../calendar/time/civil-time.js';
import { DatabaseClock } from '../database/clock/database-clock.js';
import { poolOf } from '../database/session/session-pool.js';
import { Admission } from '../http/load/admission.js';
import { routeName } from '../http/routing/route-name.js';
import { Clock } from '../platform/clock/clock.js';
import { BoundedLabels } from './bounded-labels.js';
import { registerProcessMetrics } from './process-metrics.js';
import { Counter, Gauge, Histogram, Registry } from './prom-client.js';

/** Seconds: from an indexed read to the deadline of a request. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Users whom `api_key_requests_total` names. Each has a time series for each key that acts as the user.
 * @public `docs/limits.md` lists it.
 */
export const MAX_USERS_IN_METRICS = 1_000;

/** The metrics of this process for Prometheus: those of the service and those of Node.js. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to its response, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [this.registry],
  });

  private readonly keyRequests = new Counter({
    name: 'api_key_requests_total',
    help: 'Requests with an API key, by the public part of the key, and the id of the user as whom the key acts.',
    labelNames: ['key', 'user'],
    registers: [this.registry],
  });

  private readonly namedUsers = new BoundedLabels(MAX_USERS_IN_METRICS, 'other');

  constructor(dataSource: DataSource, admission: Admission, clock: Clock) {
    registerProcessMetrics(this.registry);
    this.registry.registerMetric(
      new Gauge({
        name: 'http_requests_in_service',
        help: 'Requests that are being served.',
        registers: [],
        collect() {
          this.set(admission.count);
        },
      }),
    );
    this.registry.registerMetric(
      new Gauge({
        name: 'http_requests_queued',
        help: 'Requests that wait to be served.',
        registers: [],
        collect() {
          this.set(admission.queued);
        },
      }),
    );
    this.registry.registerMetric(
      new Counter({
        name: 'http_requests_shed_total',
        help: 'Requests refused because the queue was full or the wait too long.',
        registers: [],
        collect() {
          this.reset();
          this.inc(admission.shed);
        },
      }),
    );
    this.registry.registerMetric(poolGauge(dataSource));
    if (clock instanceof DatabaseClock) this.registry.registerMetric(clockGauge(clock));
  }

  /** Counts a request whose response is complete. */
  countResponse(request: RequestWithActor, reply: FastifyReply): void {
    const route = routeName(request) ?? 'none';
    this.requests.observe(
      { method: request.method, route, status: reply.statusCode },
      reply.elapsedTime / SECOND,
    );
    const { actor } = request;
    const key = actor && keyOf(actor);
    if (!key) return;
    const user = actor.kind === 'user' ? this.namedUsers.of(String(actor.userId)) : '';
    this.keyRequests.inc({ key: key.prefix, user });
  }
}

function poolGauge(dataSource: DataSource): Gauge {
  return new Gauge({
    name: 'database_pool_connections',
    help: 'Connections to the database, in use and idle, and requests that wait for one.',
    labelNames: ['state'],
    registers: [],
    collect() {
      if (!dataSource.isInitialized) return;
      const { totalCount, idleCount, waitingCount } = poolOf(dataSource);
      this.set({ state: 'in_use' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
}

function clockGauge(clock: DatabaseClock): Gauge {
  return new Gauge({
    name: 'clock_offset_seconds',
    help: "Seconds by which this machine's clock is ahead of the database's; the service corrects them.",
    registers: [],
    collect() {
      this.set(clock.offset / SECOND);
    },
  });
}
