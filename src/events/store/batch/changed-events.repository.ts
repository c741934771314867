import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { EventFields } from '../../model/event-record.js';
import { columnsOfEntity } from '../columns.js';
import { Event } from '../entities/event.entity.js';
import { columnsOf, type SeriesRow } from '../time-columns.js';

/** The columns of `events` that a writer names for a changed event. */
type ChangedEventRow = SeriesRow<EventFields> & { readonly id: number };

const CHANGED_EVENT = columnsOfEntity<ChangedEventRow, Event>(Event, {
  tenantId: 'left out',
  uid: 'left out',
  uidNamespace: 'left out',
  version: 'left out',
  createdAt: 'left out',
  updatedAt: 'left out',
});

/** New values of fields of an event. */
export interface ChangedFields {
  readonly id: number;
  readonly fields: Partial<EventFields>;
}

/** Changes many events at once. */
@Injectable()
export class ChangedEventsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The events that have one of these external ids, by external id. */
  async holdersOf(externalIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (externalIds.length === 0) return new Map();
    const rows: { id: number; externalId: string }[] = await this.unitOfWork.manager.query(
      'SELECT id, external_id AS "externalId" FROM events WHERE tenant_id = $1 AND external_id = ANY ($2)',
      [this.tenant.id, externalIds],
    );
    return new Map(rows.map(({ id, externalId }) => [externalId, id]));
  }

  /**
   * Changes fields of different events, and increments their versions. Takes one statement for all events of which the
   * same fields change.
   */
  async changeAll(changes: readonly ChangedFields[]): Promise<void> {
    const alike = new Map<string, Partial<ChangedEventRow>[]>();
    for (const { id, fields } of changes) {
      const row: Partial<ChangedEventRow> = { id, ...columnsOf(fields) };
      const names = namesOf(row).join();
      alike.set(names, [...(alike.get(names) ?? []), row]);
    }
    for (const rows of alike.values()) await this.update(rows);
  }

  /**
   * Gives events external ids, or takes them away. The events may exchange their external ids. If another transaction takes
   * one of them at the same time, the running transaction runs again.
   */
  async setExternalIds(externalIds: ReadonlyMap<number, string | null>): Promise<void> {
    if (externalIds.size === 0) return;
    const ids = [...externalIds.keys()];
    await this.unitOfWork.manager.query(
      'UPDATE events SET external_id = NULL WHERE tenant_id = $1 AND id = ANY ($2) AND external_id IS NOT NULL',
      [this.tenant.id, ids],
    );
    await this.unitOfWork.manager.query(
      `UPDATE events e SET external_id = given.external_id
         FROM unnest($2::integer[], $3::text[]) AS given (id, external_id)
        WHERE e.tenant_id = $1 AND e.id = given.id AND given.external_id IS NOT NULL`,
      [this.tenant.id, ids, [...externalIds.values()]],
    );
  }

  private async update(rows: readonly Partial<ChangedEventRow>[]): Promise<void> {
    const names = namesOf(rows[0]);
    const changed = names.filter((name) => name !== 'id').map((name) => CHANGED_EVENT.list([name]));
    const assignments = changed.map((column) => `${column} = changed.${column}, `).join('');
    await this.unitOfWork.manager.query(
      `UPDATE events e SET ${assignments}version = e.version + 1, updated_at = now()
         FROM jsonb_populate_recordset(NULL::events, $2) AS changed
        WHERE e.tenant_id = $1 AND e.id = changed.id`,
      [this.tenant.id, CHANGED_EVENT.rowsInJson(names, rows as readonly ChangedEventRow[])],
    );
  }
}

/** The names of the columns that a row has, in the order of the table. */
function namesOf(row: Partial<ChangedEventRow>): (keyof ChangedEventRow)[] {
  return CHANGED_EVENT.names.filter((name) => row[name] !== undefined);
}
