import { Body, Controller, HttpCode, Ip, Post, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import { AcceptedInterceptor } from '../../http/accepted.interceptor.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { WireNamesInterceptor } from '../../http/wire-names/wire-names.interceptor.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { durationText } from '../../platform/values/duration.js';
import { PasswordChangesService } from '../passwords/password-changes.service.js';
import {
  MAX_RESETS_PER_ADDRESS,
  MAX_RESETS_PER_CLIENT,
  PasswordResetsService,
  RESETS_PERIOD,
} from '../passwords/password-resets.service.js';
import { RESET_LIFETIME } from '../passwords/reset-mails.js';
import { PASSWORD_FIELDS, toForgottenPassword } from './auth.mapper.js';
import { NamedTenantInterceptor } from './named-tenant.interceptor.js';
import { ChangePasswordDto, ForgotPasswordDto, ResetPasswordDto } from './passwords.dto.js';

const ENDS = 'Every session of the user ends at once, and so does every access token and every mailed token.';

@ApiTags('auth')
@UseInterceptors(NamedTenantInterceptor, new WireNamesInterceptor(PASSWORD_FIELDS))
@Controller('auth')
export class PasswordsController {
  constructor(
    private readonly changes: PasswordChangesService,
    private readonly resets: PasswordResetsService,
  ) {}

  @Post('change-password')
  @Idempotent()
  @Access('person', null)
  @HttpCode(204)
  @ApiOperation({
    operationId: 'changePassword',
    summary: 'Change the own password',
    description:
      `${ENDS} The caller logs in again. A user without a password sets the first one by \`PATCH /users/{user_id}\`. ` +
      'An API key that acts as itself sets the passwords of users there too. ' +
      'Refusals: 403 `wrong_password`; 403 `reauthentication_required` for an API key that acts as the user; ' +
      '404 `user_not_found` for an API key that acts as itself; 429 `too_many_attempts`.',
  })
  @ApiNoContentResponse({ description: 'The password is changed.' })
  @ApiProblems(400, 404, 429)
  async change(
    @Body() { current_password: currentPassword, new_password: newPassword }: ChangePasswordDto,
  ): Promise<void> {
    await this.changes.change({ currentPassword, newPassword });
  }

  @Post('forgot-password')
  @Idempotent()
  @UseInterceptors(AcceptedInterceptor)
  @Access('public', null)
  @HttpCode(202)
  @ApiOperation({
    operationId: 'forgotPassword',
    summary: 'Request a mail with a token that resets the password',
    description:
      'The response to an unknown address is the same. The service sends the mail after the response, if a user with a password has the address. ' +
      `A token is valid once, until ${RESET_LIFETIME / MINUTE} minutes after the request. A newer request, another address, a new password or a link to an identity ends it. ` +
      `After ${MAX_RESETS_PER_ADDRESS} requests for an address, or ${MAX_RESETS_PER_CLIENT} requests from a network address, in ${durationText(RESETS_PERIOD / SECOND)}, the response is the same, and the service sends no mail. ` +
      'Without `SMTP_URL`, the request is 409 `email_not_configured`.',
  })
  @ApiAcceptedResponse({ description: 'The service has accepted the request.' })
  @ApiProblems(400, 409)
  async forgot(@Body() input: ForgotPasswordDto, @Ip() address: string): Promise<null> {
    await this.resets.request(toForgottenPassword(input), address);
    return null;
  }

  @Post('reset-password')
  @Idempotent()
  @Access('public', null)
  @HttpCode(204)
  @ApiOperation({
    operationId: 'resetPassword',
    summary: 'Set a new password by the token of a mail',
    description: `${ENDS} A token that is unknown, used, too old, or of an earlier address or password is 400 \`invalid_mailed_token\`.`,
  })
  @ApiNoContentResponse({ description: 'The password is set.' })
  @ApiProblems(400)
  async reset(@Body() { token, new_password: newPassword }: ResetPasswordDto): Promise<void> {
    await this.resets.reset({ token, newPassword });
  }
}
