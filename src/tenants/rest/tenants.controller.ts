import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { Created } from '../../http/created/created.decorator.js';
import { idPath, PathId } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { decodePageToken } from '../../http/page/page-token.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { TenantsService } from '../write/tenants.service.js';
import { CreatedTenantDto, CreateTenantDto, PatchTenantDto, TenantDto } from './tenant.dto.js';
import { toCreatedTenantDto, toTenantDto } from './tenant.mapper.js';

@ApiTags('tenants')
@Access('key', 'tenants.write')
@Controller('tenants')
export class TenantsController {
  constructor(private readonly tenants: TenantsService) {}

  @Post()
  @Idempotent({ secret: true })
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'createTenant',
    summary: 'Create a tenant',
    description:
      'The tenant has users, events and keys of its own. Its first key expires no later than the key of this request.',
  })
  @Created('/tenants/2', { description: 'The tenant, with its first key.', type: CreatedTenantDto })
  @ApiProblems(400)
  async create(@Body() { name }: CreateTenantDto): Promise<CreatedTenantDto> {
    return toCreatedTenantDto(await this.tenants.create(name));
  }

  @Get()
  @ApiOperation({
    operationId: 'listTenants',
    summary: 'List tenants',
    description: 'All tenants of the installation, also the default one, without their users and events.',
  })
  @ApiPage([TenantDto], 'The tenants, oldest first.')
  @ApiProblems(400)
  async list(
    @Query() { limit, page_token: token }: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TenantDto[]> {
    const [after = 0] = decodePageToken(token, ['id']) ?? [];
    return linkNextPage(request, reply, await this.tenants.list({ after, limit })).map(toTenantDto);
  }

  @Get(idPath('tenant_id'))
  @ApiOperation({
    operationId: 'getTenant',
    summary: 'Read a tenant',
    description: 'The name of the tenant, and when it was created.',
  })
  @ApiOkResponse({ description: 'The tenant.', type: TenantDto })
  @ApiProblems(400, 404)
  async get(@PathId('tenant_id') id: number): Promise<TenantDto> {
    return toTenantDto(await this.tenants.get(id));
  }

  @Patch(idPath('tenant_id'))
  @ApiOperation({
    operationId: 'updateTenant',
    summary: 'Rename a tenant',
    description: 'The name is for operators. It need not be unique.',
  })
  @ApiOkResponse({ description: 'The tenant.', type: TenantDto })
  @ApiProblems(400, 404)
  async update(@PathId('tenant_id') id: number, @Body() { name }: PatchTenantDto): Promise<TenantDto> {
    return toTenantDto(name === undefined ? await this.tenants.get(id) : await this.tenants.rename(id, name));
  }

  @Delete(idPath('tenant_id'))
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteTenant',
    summary: 'Delete a tenant',
    description:
      'The keys of the tenant and the tokens of its users are invalid at once, on every instance. The service erases the ' +
      'data of the tenant in the background, also across restarts. The default tenant cannot be deleted (409 `default_tenant`).',
  })
  @ApiNoContentResponse({ description: 'The tenant is deleted.' })
  @ApiProblems(400, 404, 409)
  async delete(@PathId('tenant_id') id: number): Promise<void> {
    await this.tenants.delete(id);
  }
}
