import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';

/** What the files of events have that no field carries, and their UIDs. */
export interface KeptOfEvent {
  /** Null: the UID follows from the id. */
  readonly uid: string | null;
  /** Null: nothing. */
  readonly content: object | null;
  /** By original start. */
  readonly occurrences: ReadonlyMap<string, object>;
}

interface KeptRow extends Pick<KeptOfEvent, 'uid' | 'content'> {
  readonly id: number;
  readonly occurrences: readonly (readonly [originalStart: string, content: object])[] | null;
}

const KEPT = `
  SELECT e.id, e.uid, c.content,
         (SELECT json_agg(json_build_array(o.original_start, o.content)) FROM occurrence_overrides o
           WHERE o.tenant_id = $1 AND o.event_id = e.id AND o.content IS NOT NULL) AS occurrences
    FROM events e LEFT JOIN event_contents c ON c.tenant_id = $1 AND c.event_id = e.id
   WHERE e.tenant_id = $1 AND e.id = ANY ($2)`;

/** Keeps what the files of events have that no field carries. */
@Injectable()
export class EventContentsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** By event. */
  async of(eventIds: readonly number[]): Promise<ReadonlyMap<number, KeptOfEvent>> {
    if (eventIds.length === 0) return new Map();
    const rows = await this.run<KeptRow[]>(KEPT, [eventIds]);
    return new Map(
      rows.map(({ id, uid, content, occurrences }) => [
        id,
        { uid, content, occurrences: new Map(occurrences ?? []) },
      ]),
    );
  }

  /** Keeps content of events that have none, in one statement. */
  async add(contents: readonly { readonly eventId: number; readonly content: object }[]): Promise<void> {
    if (contents.length === 0) return;
    await this.run(
      `INSERT INTO event_contents (tenant_id, event_id, content)
       SELECT $1, event_id, content
         FROM ROWS FROM (unnest($2::integer[]), jsonb_array_elements($3)) AS given (event_id, content)`,
      [contents.map(({ eventId }) => eventId), JSON.stringify(contents.map(({ content }) => content))],
    );
  }

  /** Copies the content of an event to the later part of its series. That of occurrences moves with their overrides. */
  async copy(eventId: number, laterId: number): Promise<void> {
    await this.run(
      `INSERT INTO event_contents (tenant_id, event_id, content)
       SELECT tenant_id, $3, content FROM event_contents WHERE tenant_id = $1 AND event_id = $2`,
      [eventId, laterId],
    );
  }

  /** Forgets the content of an event. That of occurrences goes with their overrides. */
  async remove(eventId: number): Promise<void> {
    await this.run('DELETE FROM event_contents WHERE tenant_id = $1 AND event_id = $2', [eventId]);
  }

  private async run<Rows>(sql: string, values: readonly unknown[]): Promise<Rows> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
