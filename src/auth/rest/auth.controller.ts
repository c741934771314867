import { Body, Controller, Header, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { AuthService } from '../login/auth.service.js';
import { LoginDto, RefreshDto, TokensDto } from './auth.dto.js';
import { toTokensDto } from './auth.mapper.js';

@ApiTags('auth')
@Access('public')
@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @Idempotent({ secret: true })
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'logIn',
    summary: 'Log in by password',
    description: 'An unknown address and a wrong password are refused alike.',
  })
  @ApiOkResponse({ description: 'The tokens.', type: TokensDto })
  @ApiProblems(400, 401, 429)
  async logIn(@Body() input: LoginDto, @Ip() address: string): Promise<TokensDto> {
    return toTokensDto(await this.auth.logIn(input, address));
  }

  @Post('refresh')
  @Idempotent({ secret: true })
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'refreshTokens',
    summary: 'Exchange a refresh token for new tokens',
    description:
      'The service accepts each refresh token once. If a token arrives a second time, the service ends the session: every token that followed it is refused.',
  })
  @ApiOkResponse({ description: 'The next tokens.', type: TokensDto })
  @ApiProblems(400, 401)
  async refresh(@Body() input: RefreshDto): Promise<TokensDto> {
    return toTokensDto(await this.auth.refresh(input));
  }

  @Post('logout')
  @Idempotent()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'logOut',
    summary: 'Log out',
    description: 'Ends the login that the refresh token came from. Its access token runs out by itself.',
  })
  @ApiNoContentResponse({ description: 'Logged out, also where it was not logged in.' })
  @ApiProblems(400)
  async logOut(@Body() input: RefreshDto): Promise<void> {
    await this.auth.logOut(input);
  }
}
