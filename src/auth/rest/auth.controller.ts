import { Body, Controller, Header, HttpCode, Ip, Post, UseInterceptors } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { LoginService } from '../login/login.service.js';
import { LoginDto, RefreshDto, TokensDto } from './auth.dto.js';
import { toLoginCredentials, toTokensDto } from './auth.mapper.js';
import { NamedTenantInterceptor } from './named-tenant.interceptor.js';

@ApiTags('auth')
@UseInterceptors(NamedTenantInterceptor)
@Access('public', null)
@Controller('auth')
export class AuthController {
  constructor(private readonly logins: LoginService) {}

  @Post('login')
  @Idempotent({ secret: true })
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'logIn',
    summary: 'Log in by password',
    description: 'The response to an unknown address or tenant is the same as to a wrong password.',
  })
  @ApiOkResponse({ description: 'The tokens.', type: TokensDto })
  @ApiProblems(400, 401, 429)
  async logIn(@Body() input: LoginDto, @Ip() address: string): Promise<TokensDto> {
    return toTokensDto(await this.logins.logIn(toLoginCredentials(input), address));
  }

  @Post('refresh')
  @Idempotent({ secret: true })
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'refreshTokens',
    summary: 'Exchange a refresh token for new tokens',
    description:
      'The service accepts each refresh token once. If a token arrives a second time, the service ends the session and refuses every token that followed.',
  })
  @ApiOkResponse({ description: 'The new tokens.', type: TokensDto })
  @ApiProblems(400, 401)
  async refresh(@Body() { refresh_token: refreshToken }: RefreshDto): Promise<TokensDto> {
    return toTokensDto(await this.logins.refresh(refreshToken));
  }

  @Post('logout')
  @Idempotent()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'logOut',
    summary: 'Log out',
    description:
      'The service ends the session of the refresh token. An access token of the session stays valid until it expires.',
  })
  @ApiNoContentResponse({ description: 'The session has ended, or did not exist.' })
  @ApiProblems(400)
  async logOut(@Body() { refresh_token: refreshToken }: RefreshDto): Promise<void> {
    await this.logins.logOut(refreshToken);
  }
}
