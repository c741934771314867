import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { PathId } from '../common/fields/path-id.js';
import { ApiProblems } from '../common/problem/api-problems.js';
import { Idempotent } from '../idempotency/idempotent.decorator.js';
import { CreateUserDto } from './dto/create-user.dto.js';
import { FindUsersDto } from './dto/find-users.dto.js';
import { UpdateUserDto } from './dto/update-user.dto.js';
import { UserDto } from './dto/user.dto.js';
import { toUserDto } from './user.mapper.js';
import { UsersService } from './users.service.js';

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Post()
  @Idempotent()
  @Access('public')
  @ApiOperation({
    operationId: 'createUser',
    summary: 'Create a user, or sign up with a password',
    description:
      'Without a password nobody can log in as the user, and whoever may call at all acts for them. With ' +
      '`SIGN_UP=closed` the service refuses it: 403 `sign_up_closed`.',
  })
  @ApiCreatedResponse({ description: 'The user.', type: UserDto })
  @ApiProblems(400, 403, 409)
  async create(@Body() input: CreateUserDto): Promise<UserDto> {
    return toUserDto({ user: await this.users.create(input), own: true });
  }

  @Get()
  @Access('caller')
  @ApiOperation({
    operationId: 'findUsers',
    summary: 'Find the user of an email address',
    description: 'The address is compared without regard to case.',
  })
  @ApiOkResponse({ description: 'The user, or nobody.', type: [UserDto] })
  @ApiProblems(400)
  async find(@Query() { email }: FindUsersDto): Promise<UserDto[]> {
    return (await this.users.findByEmail(email)).map(toUserDto);
  }

  @Get(':user_id')
  @Access('caller')
  @ApiOperation({
    operationId: 'getUser',
    summary: 'Read a user',
    description: 'What everybody may know of a user: name, address, zone and working hours.',
  })
  @ApiOkResponse({ description: 'The user.', type: UserDto })
  @ApiProblems(400, 404)
  async get(@PathId('user_id') id: number): Promise<UserDto> {
    return toUserDto(await this.users.see(id));
  }

  @Patch(':user_id')
  @Access('caller')
  @ApiOperation({
    operationId: 'updateUser',
    summary: 'Change a user',
    description: 'What is absent stays as it is.',
  })
  @ApiOkResponse({ description: 'The user as changed.', type: UserDto })
  @ApiProblems(400, 403, 404, 409, 429)
  async update(@PathId('user_id') id: number, @Body() input: UpdateUserDto): Promise<UserDto> {
    return toUserDto({ user: await this.users.update(id, input), own: true });
  }
}
