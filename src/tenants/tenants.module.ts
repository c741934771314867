import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { TenantErasure } from './erasure/tenant-erasure.js';
import { TenantsController } from './rest/tenants.controller.js';
import { ErasedRowsRepository } from './store/erased-rows.repository.js';
import { Tenant } from './store/tenant.entity.js';
import { TenantsRepository } from './store/tenants.repository.js';
import { TenantsService } from './write/tenants.service.js';

/** The organisations that share one installation. */
@Module({
  imports: [TypeOrmModule.forFeature([Tenant]), ApiKeysModule],
  controllers: [TenantsController],
  providers: [ErasedRowsRepository, TenantErasure, TenantsRepository, TenantsService],
})
export class TenantsModule {}
