import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { MessageState, NewMessage } from '../model/outbox-message.js';

/** The messages of the current tenant, for those that add them. */
@Injectable()
export class OutboxMessagesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Adds messages, in their order. @returns the keys that were not there before */
  async add(topic: string, messages: readonly NewMessage[], now: Date): Promise<Set<string>> {
    const rows = messages.map(({ key, groupKey, lane, secondLane, payload, attempts = 0 }, index) => {
      return { index, key, groupKey, lane, secondLane, payload, attempts };
    });
    const added: { key: string }[] = await this.unitOfWork.manager.query(
      `INSERT INTO outbox_messages (tenant_id, topic, key, group_key, lane, second_lane, payload, attempts,
              next_attempt_at, created_at)
       SELECT $1, $2, key, "groupKey", lane, "secondLane", payload, attempts, $3, $3
         FROM json_to_recordset($4) AS row (index integer, key text, "groupKey" text, lane text, "secondLane" text,
              payload jsonb, attempts integer)
        ORDER BY index
       ON CONFLICT (tenant_id, topic, key) DO NOTHING RETURNING key`,
      [this.tenant.id, topic, now, JSON.stringify(rows)],
    );
    return new Set(added.map(({ key }) => key));
  }

  /** The states of those of the messages that are there, by key. */
  async statesOf(topic: string, keys: readonly string[]): Promise<Map<string, MessageState>> {
    const rows: ({ readonly key: string } & MessageState)[] = await this.unitOfWork.manager.query(
      `SELECT key, status, attempts, last_status_code AS "lastStatusCode", last_error AS "lastError",
              next_attempt_at AS "nextAttemptAt", ended_at AS "endedAt"
         FROM outbox_messages WHERE tenant_id = $1 AND topic = $2 AND key = ANY ($3)`,
      [this.tenant.id, topic, keys],
    );
    return new Map(rows.map(({ key, ...state }) => [key, state]));
  }

  /** Ends the pending messages of a lane as failed, but those of which an attempt is under way. */
  async giveUp(topic: string, lane: string, error: string, now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE outbox_messages
          SET status = 'failed', next_attempt_at = NULL, ended_at = $5, last_error = $4
        WHERE tenant_id = $1 AND topic = $2 AND lane = $3 AND status = 'pending' AND leased_until IS NULL`,
      [this.tenant.id, topic, lane, error, now],
    );
  }

  /** Makes messages due, as before their first attempt, but those of which an attempt is under way. */
  async sendNow(topic: string, keys: readonly string[], now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE outbox_messages SET status = 'pending', attempts = 0, next_attempt_at = $4, ended_at = NULL
        WHERE tenant_id = $1 AND topic = $2 AND key = ANY ($3) AND leased_until IS NULL`,
      [this.tenant.id, topic, keys, now],
    );
  }

  /** Makes the messages due that wait in the groups of these messages. */
  async wakeGroupsOf(topic: string, keys: readonly string[], now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE outbox_messages m SET next_attempt_at = $4 FROM outbox_messages named
        WHERE named.tenant_id = $1 AND named.topic = $2 AND named.key = ANY ($3)
          AND m.tenant_id = $1 AND m.topic = $2 AND m.group_key = named.group_key AND m.group_key IS NOT NULL
          AND m.status = 'pending' AND m.leased_until IS NULL AND m.next_attempt_at > $4`,
      [this.tenant.id, topic, keys, now],
    );
  }

  /** Makes ended messages pending again, as before their first attempt. @returns their keys */
  async restart(topic: string, keys: readonly string[], now: Date): Promise<Set<string>> {
    const [restarted]: [{ key: string }[], number] = await this.unitOfWork.manager.query(
      `UPDATE outbox_messages SET status = 'pending', attempts = 0, next_attempt_at = $4, ended_at = NULL
        WHERE tenant_id = $1 AND topic = $2 AND key = ANY ($3) AND status <> 'pending' RETURNING key`,
      [this.tenant.id, topic, keys, now],
    );
    return new Set(restarted.map(({ key }) => key));
  }

  async remove(topic: string, keys: readonly string[]): Promise<void> {
    await this.unitOfWork.manager.query(
      'DELETE FROM outbox_messages WHERE tenant_id = $1 AND topic = $2 AND key = ANY ($3)',
      [this.tenant.id, topic, keys],
    );
  }
}
