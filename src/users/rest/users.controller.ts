import {
  Body,
  Controller,
  Get,
  HttpCode,
  Ip,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../../access/access.decorator.js';
import { UserPathId } from '../../access/user-path-id.js';
import { MAX_AUTHENTICATION_AGE } from '../../auth/model/recent-authentication.js';
import {
  ADDRESS_MAILS_PERIOD,
  CLIENT_MAILS_PERIOD,
  MAX_MAILS_PER_ADDRESS,
  MAX_MAILS_PER_CLIENT,
  MAX_MAILS_PER_USER,
  USER_MAILS_PERIOD,
  VERIFICATION_LIFETIME,
} from '../../auth/verification/email-verification.service.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { AcceptedInterceptor } from '../../http/accepted.interceptor.js';
import { Created } from '../../http/created/created.decorator.js';
import { idPath } from '../../http/fields/path-id.js';
import { ApiPage } from '../../http/page/api-page.js';
import { linkNextPage } from '../../http/page/link-next-page.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { durationText } from '../../platform/values/duration.js';
import { MAX_SEARCHED_USERS } from '../model/search/user-query.js';
import { UserListService } from '../read/user-list.service.js';
import { UsersService } from '../read/users.service.js';
import { UserAccountsService } from '../write/user-accounts.service.js';
import { CreateUserDto } from './create-user.dto.js';
import { FindUsersDto } from './find-users.dto.js';
import { UpdateUserDto } from './update-user.dto.js';
import { UserDto } from './user.dto.js';
import { toNewUser, toUserDto, toUserPatch, toUserQuery, USER_FIELDS } from './user.mapper.js';
import { VerifyEmailDto } from './verify-email.dto.js';

@ApiTags('users')
@UseInterceptors(new WireNamesInterceptor(USER_FIELDS))
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly list: UserListService,
    private readonly accounts: UserAccountsService,
  ) {}

  @Post()
  @Idempotent()
  @Access('public', 'users.write')
  @ApiOperation({
    operationId: 'createUser',
    summary: 'Create a user, or sign up with a password',
    description:
      'A user without a password cannot log in by password. With `AUTH_MODE=optional`, any client may act as such a user. ' +
      'With `SIGN_UP=closed` the response is 403 `sign_up_closed`. If a network address has signed up too many users, the ' +
      'response is 429 `too_many_sign_ups`.',
  })
  @Created('/users/1', { description: 'The user.', type: UserDto })
  @ApiProblems(400, 403, 409)
  async create(@Body() input: CreateUserDto): Promise<UserDto> {
    return toUserDto(await this.accounts.create(toNewUser(input)));
  }

  @Get()
  @Access('caller', 'users.read')
  @ApiOperation({
    operationId: 'findUsers',
    summary: 'List users, or find the user of an email address',
    description:
      'An API key lists the users of its tenant. Every other caller finds the user of an `email`, and cannot use another filter: 403 `key_required` for a person, 401 `token_required` without a token. ' +
      `With \`q\`, a page ends after the names and addresses of ${MAX_SEARCHED_USERS} users at the latest. Such a page may be empty and still have a \`Link\`.`,
  })
  @ApiPage([UserDto], 'The users, by id.')
  @ApiProblems(400)
  async find(
    @Query() input: FindUsersDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserDto[]> {
    return linkNextPage(request, reply, await this.list.list(toUserQuery(input))).map(toUserDto);
  }

  @Get(idPath('user_id'))
  @Access('caller', 'users.read')
  @ApiOperation({
    operationId: 'getUser',
    summary: 'Read a user',
    description:
      'Every caller who sees the user may read these fields. Only the user may read the default reminders and whether the address is verified. Of `away`, a caller to whom free/busy shows the user reads `from` and `to`; the user and API keys also read the `reason`.',
  })
  @ApiOkResponse({ description: 'The user.', type: UserDto })
  @ApiProblems(400, 404)
  async get(@UserPathId() id: number): Promise<UserDto> {
    return toUserDto(await this.users.view(id));
  }

  @Patch(idPath('user_id'))
  @Access('caller', 'users.write')
  @ApiOperation({
    operationId: 'updateUser',
    summary: 'Change a user',
    description:
      `Absent fields keep their values. A new \`email\` needs \`current_password\`, or a fresh login: an access token from a login, or an identity token, of the last ${durationText(MAX_AUTHENTICATION_AGE / SECOND)} (403 \`reauthentication_required\`). ` +
      'The new address counts as unverified until `:verify-email` verifies it, unless the identity token confirms it. ' +
      'If a user has no password, only a request with such an identity token can set one. If a user has no password, a request without a token is exempt. ' +
      'A new `password` ends every session and token of the user. Refusals: 403 `forbidden`, `wrong_password`, `reauthentication_required`; 409 `email_taken`; 409 `not_a_person` for a room, which `updateRoom` changes; 429 `too_many_attempts`.',
  })
  @ApiOkResponse({ description: 'The user after the change.', type: UserDto })
  @ApiProblems(400, 403, 404, 409, 429)
  async update(@UserPathId() id: number, @Body() input: UpdateUserDto): Promise<UserDto> {
    return toUserDto(await this.accounts.update(id, toUserPatch(input)));
  }

  @Post(idPath('user_id', 'verify-email'))
  @Idempotent<UsersController>({ replay: async (controller, id) => controller.get(id) })
  @UseInterceptors(AcceptedInterceptor)
  @Access('caller', 'users.write')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'verifyEmail',
    summary: "Verify the user's address",
    description:
      'Without a body, the service mails a token to the address (202). With the token, the address is verified (200). ' +
      `A token is valid once and for ${durationText(VERIFICATION_LIFETIME / SECOND)}. A newer mail, another address, a new password or a link to an identity ends it. ` +
      'Refusals: 400 `invalid_mailed_token`; 403 `forbidden`; 409 `email_not_configured` without `SMTP_URL`; ' +
      `409 \`email_taken\` if the address belongs to another user; 429 \`too_many_attempts\` after ${MAX_MAILS_PER_ADDRESS} mails in ${durationText(ADDRESS_MAILS_PERIOD / SECOND)} to an address, ${MAX_MAILS_PER_USER} in ${durationText(USER_MAILS_PERIOD / SECOND)} for a user or ${MAX_MAILS_PER_CLIENT} in ${durationText(CLIENT_MAILS_PERIOD / SECOND)} from a network address; ` +
      '503 `unavailable` if the mail server does not accept the mail.',
  })
  @ApiBody({ type: VerifyEmailDto, required: false })
  @ApiOkResponse({ description: 'The user with the verified address.', type: UserDto })
  @ApiAcceptedResponse({ description: 'The mail server has accepted the mail.' })
  @ApiProblems(400, 403, 404, 409, 429, 503)
  async verifyEmail(
    @UserPathId() id: number,
    @Body() { token }: VerifyEmailDto,
    @Ip() address: string,
  ): Promise<UserDto | null> {
    if (token !== undefined) return toUserDto(await this.accounts.verifyEmail(id, token));
    await this.accounts.mailVerificationToken(id, address);
    return null;
  }
}
