import { ApiProperty } from '@nestjs/swagger';
import { CreatedApiKeyDto } from '../../api-keys/rest/api-key.dto.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { TextField } from '../../http/fields/text-field.js';
import { MAX_TENANT_NAME_LENGTH } from '../model/tenant.js';

@DocumentedAs('Tenant', 'An organisation with users, events and keys of its own.')
export class TenantDto {
  @ApiProperty({ description: 'The id of the tenant.', type: 'integer', example: 2 })
  id!: number;

  @ApiProperty({ description: 'The name of the tenant.', example: 'Acme' })
  name!: string;

  @ApiProperty({
    description: 'When the tenant was created.',
    format: 'date-time',
    example: '2026-11-26T10:00:00.000Z',
  })
  created_at!: string;
}

@DocumentedAs('CreatedTenant', 'A new tenant, with its first API key.')
export class CreatedTenantDto extends TenantDto {
  @ApiProperty({
    description:
      'The first key of the tenant, with every scope but `tenants.write`. Only this response has its secret.',
    type: CreatedApiKeyDto,
  })
  api_key!: CreatedApiKeyDto;
}

@DocumentedAs('NewTenant', 'A new tenant.')
export class CreateTenantDto {
  @TextField({ description: 'The name of the tenant.', example: 'Acme', max: MAX_TENANT_NAME_LENGTH })
  name!: string;
}

@DocumentedAs('TenantPatch', 'The fields of a tenant to change.')
export class PatchTenantDto {
  @TextField({
    description: 'The name of the tenant.',
    example: 'Acme Corporation',
    max: MAX_TENANT_NAME_LENGTH,
  })
  name!: string;
}
