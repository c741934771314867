import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityMetadata } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** Removes the rows of deleted tenants. */
@Injectable()
export class ErasedRowsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The tables with rows of a tenant, each before the tables that its foreign keys name. Without the tables whose rows
   * go with a row that they refer to: an event is never there without its attendees.
   */
  tables(): string[] {
    const ofTenants = this.dataSource.entityMetadatas.filter((entity) =>
      entity.columns.some(({ databaseName }) => databaseName === 'tenant_id'),
    );
    const goesWithOther = ({ foreignKeys }: EntityMetadata): boolean =>
      foreignKeys.some(
        ({ onDelete, referencedEntityMetadata }) =>
          onDelete === 'CASCADE' && ofTenants.includes(referencedEntityMetadata),
      );
    return childrenFirst(ofTenants.filter((entity) => !goesWithOther(entity)));
  }

  /** The deleted tenants, oldest deletion first. */
  async deletedTenants(): Promise<{ readonly id: number; readonly deletedAt: Date }[]> {
    return this.unitOfWork.manager.query(
      `SELECT id, deleted_at AS "deletedAt" FROM tenants WHERE deleted_at IS NOT NULL ORDER BY deleted_at, id`,
    );
  }

  /**
   * Removes rows of one tenant, in one transaction.
   * @param table one of `tables` @param limit the most rows of this table; rows that refer to them go with them
   * @returns whether rows are left; also if there were fewer than `limit`: a row that changes at the time stays
   */
  async removeFrom(table: string, tenantId: number, limit: number): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      const { manager } = this.unitOfWork;
      // Nobody is left to read the log of these changes.
      await manager.query(`SET LOCAL calendar.log = 'off'`);
      await manager.query(
        `DELETE FROM ${table} WHERE tenant_id = $1
            AND ctid = ANY (ARRAY (SELECT ctid FROM ${table} WHERE tenant_id = $1 LIMIT $2))`,
        [tenantId, limit],
      );
      const left: unknown[] = await manager.query(`SELECT FROM ${table} WHERE tenant_id = $1 LIMIT 1`, [
        tenantId,
      ]);
      return left.length > 0;
    });
  }

  /** Removes the tenant itself, if it is deleted. */
  async removeTenant(tenantId: number): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM tenants WHERE id = $1 AND deleted_at IS NOT NULL', [
      tenantId,
    ]);
  }
}

function childrenFirst(entities: readonly EntityMetadata[]): string[] {
  const order = new Set<EntityMetadata>();
  const place = (entity: EntityMetadata): void => {
    if (order.has(entity) || !entities.includes(entity)) return;
    for (const other of entities) {
      const refers = other.foreignKeys.some(
        ({ referencedEntityMetadata }) => referencedEntityMetadata === entity,
      );
      if (refers && other !== entity) place(other);
    }
    order.add(entity);
  };
  for (const entity of entities) place(entity);
  return [...order].map(({ tableName }) => tableName);
}
