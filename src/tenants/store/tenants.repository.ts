import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Repository } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { TenantRecord } from '../model/tenant.js';
import { Tenant } from './tenant.entity.js';

/** The tenants that are not deleted. */
@Injectable()
export class TenantsRepository {
  constructor(
    @InjectRepository(Tenant) private readonly tenants: Repository<Tenant>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async withId(id: number): Promise<TenantRecord | null> {
    return this.repository.findOneBy({ id, deletedAt: IsNull() });
  }

  /** By id. @param after the id before the first one; 0: none */
  async page(after: number, limit: number): Promise<TenantRecord[]> {
    return this.repository.find({
      where: { id: MoreThan(after), deletedAt: IsNull() },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  async add(name: string, createdAt: Date): Promise<TenantRecord> {
    const { identifiers } = await this.repository.insert({ name, createdAt });
    return { id: identifiers[0]?.id as number, name, createdAt };
  }

  /** @returns whether the tenant exists */
  async rename(id: number, name: string): Promise<boolean> {
    const { affected } = await this.repository.update({ id, deletedAt: IsNull() }, { name });
    return affected === 1;
  }

  /** Marks the tenant as deleted. @returns whether the tenant was there */
  async delete(id: number, deletedAt: Date): Promise<boolean> {
    const { affected } = await this.repository.update({ id, deletedAt: IsNull() }, { deletedAt });
    return affected === 1;
  }

  private get repository(): Repository<Tenant> {
    return this.unitOfWork.repository(this.tenants);
  }
}
