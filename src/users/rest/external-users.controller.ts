import { Body, Controller, Get, Put, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { CreatedOrReplaced } from '../../http/created/created-or-replaced.js';
import {
  EXTERNAL_ID_PARAM,
  ExternalIdInPath,
  expectSameExternalId,
} from '../../http/fields/external-id-in-path.js';
import { PutConditions } from '../../http/precondition/put-conditions.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import type { PutCondition, PutResult } from '../../platform/put/put-condition.js';
import { ExternalUsersService } from '../write/replacement/external-users.service.js';
import { CreateUserDto } from './create-user.dto.js';
import { UserDto } from './user.dto.js';
import { toNewUser, toUserDto, USER_FIELDS } from './user.mapper.js';

const FOR_PRODUCTS =
  'Only an API key, also with `Act-As-User`, and with `AUTH_MODE=optional` a request without a token may use this path (403 `key_required`).';

@ApiTags('users')
@UseInterceptors(new WireNamesInterceptor(USER_FIELDS))
@Controller('users/by-external-id')
export class ExternalUsersController {
  constructor(private readonly users: ExternalUsersService) {}

  @Put(`:${EXTERNAL_ID_PARAM}`)
  @Access('caller', 'users.write')
  @ApiOperation({
    operationId: 'setUserByExternalId',
    summary: "Create or replace a user by the product's own id",
    description:
      'If no user has the id, the service creates one as `createUser` does (201). Otherwise the request sets every field of a creation, and an absent field gets its default (200). ' +
      'Only `password` keeps its value if it is absent. A password that the user has already ends no session. An address that an API key sets counts as verified. ' +
      'A request that changes nothing leaves `updated_at` as it is. The body may omit `external_id`; a different one is a 400. ' +
      FOR_PRODUCTS,
  })
  @CreatedOrReplaced(
    '/users/by-external-id/employee-7',
    { description: 'The created user.', type: UserDto },
    { description: 'The user after the change, or as it is if the request changes nothing.', type: UserDto },
  )
  @ApiProblems(400, 403, 409)
  async put(
    @ExternalIdInPath() externalId: string,
    @Body() input: CreateUserDto,
    @PutConditions({ versioned: false }) condition: PutCondition,
  ): Promise<PutResult<UserDto>> {
    expectSameExternalId(externalId, input.external_id);
    const { created, value } = await this.users.put({ ...toNewUser(input), externalId }, condition);
    return { created, value: toUserDto(value) };
  }

  @Get(`:${EXTERNAL_ID_PARAM}`)
  @Access('caller', 'users.read')
  @ApiOperation({
    operationId: 'getUserByExternalId',
    summary: "Read a user by the product's own id",
    description: 'A user whom the caller does not see is the 404 of an unknown external id. ' + FOR_PRODUCTS,
  })
  @ApiOkResponse({ description: 'The user.', type: UserDto })
  @ApiProblems(400, 404)
  async get(@ExternalIdInPath() externalId: string): Promise<UserDto> {
    return toUserDto(await this.users.view(externalId));
  }
}
