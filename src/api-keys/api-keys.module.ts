import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKeyCallersService } from './read/api-key-callers.service.js';
import { ApiKeysController } from './rest/api-keys.controller.js';
import { ApiKey } from './store/api-key.entity.js';
import { ApiKeysRepository } from './store/api-keys.repository.js';
import { ApiKeysService } from './write/api-keys.service.js';
import { BootstrapKey } from './write/bootstrap-key.js';
import { TenantKeysService } from './write/tenant-keys.service.js';

/** The keys by which the backend of a product signs in. */
@Module({
  imports: [TypeOrmModule.forFeature([ApiKey])],
  controllers: [ApiKeysController],
  providers: [ApiKeyCallersService, ApiKeysRepository, ApiKeysService, BootstrapKey, TenantKeysService],
  exports: [ApiKeyCallersService, TenantKeysService],
})
export class ApiKeysModule {}
