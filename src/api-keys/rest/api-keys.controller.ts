import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { Created } from '../../http/created/created.decorator.js';
import { idPath, PathId } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { PageDto } from '../../http/page/page.dto.js';
import { decodePageToken } from '../../http/page/page-token.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { MAX_API_KEYS_PER_TENANT } from '../model/api-key-record.js';
import { ApiKeysService } from '../write/api-keys.service.js';
import { ApiKeyDto, CreatedApiKeyDto } from './api-key.dto.js';
import { API_KEY_FIELDS, toApiKeyDto, toCreatedApiKeyDto, toNewApiKey } from './api-key.mapper.js';
import { CreateApiKeyDto } from './create-api-key.dto.js';
import { DeleteApiKeyDto } from './delete-api-key.dto.js';

@ApiTags('api keys')
@Access('key', 'keys.write')
@UseInterceptors(new WireNamesInterceptor(API_KEY_FIELDS))
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Post()
  @Idempotent({ secret: true })
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'createApiKey',
    summary: 'Make an API key',
    description:
      'The new key belongs to the tenant of the key that makes it. A scope that the caller lacks is 403 `scope_missing`. ' +
      `A tenant has at most ${MAX_API_KEYS_PER_TENANT} keys (429 \`too_many_api_keys\`).`,
  })
  @Created('/api-keys/1', { description: 'The key, with its secret.', type: CreatedApiKeyDto })
  @ApiProblems(400, 429)
  async create(@Body() input: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    return toCreatedApiKeyDto(await this.apiKeys.create(toNewApiKey(input)));
  }

  @Get()
  @ApiOperation({
    operationId: 'listApiKeys',
    summary: 'List API keys',
    description:
      'The keys of the tenant that have no scope beyond those of the caller. Revoked keys are not among them.',
  })
  @ApiPage([ApiKeyDto], 'The keys, oldest first.')
  @ApiProblems(400)
  async list(
    @Query() { limit, page_token: token }: PageDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiKeyDto[]> {
    const [after = 0] = decodePageToken(token, ['id']) ?? [];
    return linkNextPage(request, reply, await this.apiKeys.list({ after, limit })).map(toApiKeyDto);
  }

  @Delete(idPath('api_key_id'))
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteApiKey',
    summary: 'Revoke an API key',
    description:
      'The key is invalid at once, on every instance, and so are the tokens that it exchanged. A key with a scope that the caller lacks is 403 `scope_missing`.',
  })
  @ApiNoContentResponse({ description: 'The key is revoked.' })
  @ApiProblems(400, 404)
  async delete(@PathId('api_key_id') id: number, @Query() { children }: DeleteApiKeyDto): Promise<void> {
    await this.apiKeys.revoke(id, children === 'revoke');
  }
}
