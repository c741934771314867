// The core of the suite behind PgBouncer in transaction mode, on databases with defaults that the service must override.
import '../support/database/hostile-defaults.js';
import { afterAll } from '@jest/globals';
import '../e2e/scheduling/booking-race.spec.js';
import '../e2e/events/calendar.spec.js';
import '../e2e/reminders/reminders.spec.js';
import '../e2e/scheduling/scheduling.spec.js';
import '../e2e/events/series.spec.js';
import { startPgBouncer } from '../../bench/pooler/pgbouncer.js';
import { prepareApplications } from '../support/service/application.js';

const pgBouncer = await startPgBouncer(process.env.TEST_SERVER_URL as string, 'transaction', 6);

prepareApplications((databaseUrl) => ({
  DATABASE_URL: pgBouncer.urlOf(databaseUrl),
  DATABASE_POOLER: 'transaction',
}));

afterAll(async () => pgBouncer.stop());
