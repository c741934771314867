import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ReadReplica } from '../../../../src/database/read-replica.js';
import { SessionClient, type SessionClientConfig } from '../../../../src/database/session/session-client.js';
import { tableNamesOf } from '../../../../src/database/table-names.js';
import { isMarked, tenantFaults } from './check-statement.js';

/** The statements that concern all tenants, by a part of their text, and their reason. */
const ALL_TENANTS: readonly { readonly part: string; readonly reason: string }[] = [
  {
    part: 'FROM api_keys -- all tenants WHERE prefix = $1',
    reason: 'the key of a request names its tenant, so that the tenant is unknown before',
  },
  {
    part: 'SELECT tenant_id AS "tenantId", id, email FROM users -- all tenants',
    reason: 'a worker converts the addresses that the version before wrote, each in its tenant',
  },
  ...[
    'outbox_messages',
    'mailed_tokens',
    'login_attempts',
    'refresh_tokens',
    'idempotency_keys',
    'webhook_deliveries',
  ].map((table) => ({
    part: `DELETE FROM ${table} WHERE (tenant_id,`,
    reason: 'a worker finds rows that have expired, and removes them by their whole key',
  })),
  {
    part: 'SELECT tenant_id, mail_due_at FROM mailed_tokens -- all tenants',
    reason: 'a worker finds the tenants with due mails, and takes the mails in each tenant',
  },
  {
    part: 'SELECT min(mail_due_at) AS next FROM mailed_tokens -- all tenants',
    reason: 'the worker sleeps until the next mail of any tenant',
  },
  {
    part: 'SELECT count(*) FROM pending_reminders -- all tenants WHERE due_at <= $1',
    reason: 'the metric counts the due reminders of the whole database',
  },
  {
    part: 'SELECT tenant_id, due_at FROM pending_reminders -- all tenants',
    reason: 'the dispatcher finds the tenants with due reminders, and claims the reminders in each tenant',
  },
  {
    part: 'SELECT due_at AS "dueAt" FROM pending_reminders -- all tenants ORDER BY due_at LIMIT 1',
    reason: 'the dispatcher sleeps until the next reminder of any tenant',
  },
  {
    part: 'SELECT d.tenant_id, d.next_attempt_at FROM reminder_deliveries d -- all tenants',
    reason:
      'a worker finds the tenants with due deliveries of the version before, and takes them in each tenant',
  },
  {
    part: 'SELECT d.next_attempt_at AS "nextAttemptAt" FROM reminder_deliveries d -- all tenants',
    reason: 'a worker sleeps until the next delivery of the version before in any tenant',
  },
  {
    part: 'FROM reminder_deliveries d -- all tenants WHERE d.status <>',
    reason: 'a worker finds old deliveries, and removes them in each tenant',
  },
  {
    part: 'SELECT m.lane FROM outbox_messages m -- all tenants',
    reason:
      'a worker takes the due messages of all tenants in one statement, and names the tenant of each afterwards',
  },
  {
    part: 'SELECT m.next_attempt_at AS "nextAttemptAt" FROM outbox_messages m -- all tenants',
    reason: 'a worker sleeps until the next message of any tenant',
  },
  {
    part: 'swept FROM user_deletions -- all tenants',
    reason: 'a worker finds the deleted users, and does the work of each in its tenant',
  },
  {
    part: 'events_at_deletion AS events FROM calendars -- all tenants',
    reason: 'a worker finds the deleted calendars, and empties each in its tenant',
  },
  {
    part: 'FROM event_changes c -- all tenants WHERE c.xid >= pg_snapshot_xmin($1::pg_snapshot)',
    reason: 'a consumer of the log takes the changes of all tenants in one pass',
  },
  ...['event_changes', 'event_previous_rows', 'grant_changes', 'account_protections'].map((table) => ({
    part: `UPDATE ${table} -- all tenants SET xid`,
    reason: 'the numbers of transactions belong to the whole database',
  })),
  {
    part: 'SELECT DISTINCT tenant_id AS id FROM event_changes -- all tenants',
    reason: 'a worker finds the tenants with changes, and purges the log of each in its tenant',
  },
  {
    part: 'DELETE FROM change_floors -- all tenants',
    reason: 'the floors of a former life of the database bound nothing in the next',
  },
  {
    part: `FROM webhook_subscriptions s -- all tenants WHERE s.status = 'active' AND s.calendar_id IS NOT NULL`,
    reason: 'one instance disables the subscriptions to deleted calendars of all tenants',
  },
  {
    part: `FROM webhook_subscriptions s -- all tenants WHERE s.status = 'active') AS found`,
    reason: 'without a subscription, no tenant has work for the fan-out',
  },
  {
    part: 'FROM webhook_subscriptions s -- all tenants WHERE s.tenant_id = ANY ($1)',
    reason:
      'the fan-out reads the subscriptions of the tenants with changes, and adds the deliveries in each tenant',
  },
  {
    part: 'UPDATE webhook_subscriptions s -- all tenants SET active_from',
    reason: 'a new life of the database concerns the subscriptions of all tenants',
  },
  {
    part: 'FROM webhook_subscriptions s -- all tenants WHERE s.id > $2',
    reason: 'a worker finds the secrets that a former key has sealed, and seals each in its tenant',
  },
  {
    part: 'SELECT d.tenant_id, d.subscription_id FROM webhook_deliveries d -- all tenants',
    reason: 'a worker finds the deliveries of deleted subscriptions, and removes them by their whole key',
  },
  {
    part: 'FROM calendar_feeds -- all tenants WHERE token_hash = $1',
    reason: 'the address of a feed names its tenant, so that the tenant is unknown before',
  },
  {
    part: 'FROM calendar_subscriptions -- all tenants LEFT JOIN unnest($4::integer[], $5::integer[])',
    reason: 'a worker leases the due subscriptions of all tenants, and fetches each in its tenant',
  },
  {
    part: 'SELECT next_fetch_at AS "nextFetchAt" FROM calendar_subscriptions -- all tenants',
    reason: 'the worker sleeps until the next subscription of any tenant is due',
  },
  {
    part: 'FROM hold_members WHERE expires_at <= now() -- all tenants',
    reason: 'a worker removes the time of expired holds of all tenants by their whole key',
  },
  {
    part: 'FROM holds WHERE expires_at <= now() - make_interval(days => $2) -- all tenants',
    reason: 'a worker removes the old holds of all tenants by their whole key',
  },
  {
    part: 'SELECT min(deleted_at) AS first FROM user_deletions -- all tenants',
    reason: 'the worker sleeps until the last step of the next deletion of any tenant',
  },
];

/** Tables that have no tenant. */
const WITHOUT_TENANT = new Set([
  'change_epochs',
  'change_marks',
  'installation_ids',
  'tenants',
  'webhook_fan_out',
]);

/** Tables whose statements do not name their tenant yet. */
const UNCONVERTED: ReadonlySet<string> = new Set<string>();

const faultOf = new Map<string, string | null>();
const violations: Error[] = [];

/**
 * Checks each statement of the service that is about to open its database. A statement that does not name the tenant of
 * each of its rows fails.
 */
export function checkStatements(app: NestFastifyApplication): void {
  const dataSource = app.get(DataSource);
  const names = tableNamesOf(dataSource).filter(
    (name) => !WITHOUT_TENANT.has(name) && !UNCONVERTED.has(name),
  );
  const Client = checkedClient(new Set(names));
  const setOptions = dataSource.setOptions.bind(dataSource);
  dataSource.setOptions = (options) => {
    const { extra } = options as { extra?: object };
    return setOptions({ ...options, extra: { ...extra, Client } });
  };
  const { pool: replica } = app.get<unknown, { pool: (Pool & { Client: unknown }) | null }>(ReadReplica);
  if (replica) replica.Client = Client;
}

/** @throws the first statement that failed since the last call, also if the service has caught it */
export function expectTenants(): void {
  const [first] = violations.splice(0);
  if (first) throw first;
}

function checkedClient(tables: ReadonlySet<string>): typeof SessionClient {
  return class CheckedClient extends SessionClient {
    constructor(config: SessionClientConfig) {
      super(config);
      const send = this.query.bind(this) as (...parameters: unknown[]) => unknown;
      const checked = (...parameters: unknown[]): unknown => {
        const [statement] = parameters as [string | { readonly text: string }];
        const fault = cachedFault(typeof statement === 'string' ? statement : statement.text, tables);
        if (fault === null) return send(...parameters);
        const error = new Error(fault);
        violations.push(error);
        const callback = parameters.find((parameter) => typeof parameter === 'function');
        if (callback) return callback(error);
        return Promise.reject(error);
      };
      this.query = checked as SessionClient['query'];
    }
  };
}

function cachedFault(statement: string, tables: ReadonlySet<string>): string | null {
  const known = faultOf.get(statement);
  if (known !== undefined) return known;
  const fault = newFault(statement, tables);
  faultOf.set(statement, fault);
  return fault;
}

function newFault(statement: string, tables: ReadonlySet<string>): string | null {
  const faults = tenantFaults(statement, tables);
  if (faults.length > 0) return `A statement names no tenant of ${faults.join(', ')}:\n${statement}`;
  const text = statement.replaceAll(/\s+/g, ' ');
  if (!isMarked(statement) || ALL_TENANTS.some(({ part }) => text.includes(part))) return null;
  return `A statement of all tenants is not in the list:\n${statement}`;
}
