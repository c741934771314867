import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator.js';
import { ApiProblems } from '../../http/problem/api-problems.js';
import { Idempotent } from '../../idempotency/idempotent.decorator.js';
import { TokenExchangeService } from '../exchange/token-exchange.service.js';
import { toExchangedTokenDto, toTokenExchange } from './auth.mapper.js';
import { ExchangedTokenDto, TokenExchangeDto } from './token-exchange.dto.js';

@ApiTags('auth')
@Access('key', 'act_as')
@Controller('auth/token-exchange')
export class TokenExchangeController {
  constructor(private readonly exchanges: TokenExchangeService) {}

  @Post()
  @Idempotent({ secret: true })
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'exchangeToken',
    summary: 'Get a token by which a browser acts as a user',
    description:
      'The token has no refresh token. It ends when its key is revoked or expires, or when the sessions of the user end.',
  })
  @ApiOkResponse({ description: 'The token.', type: ExchangedTokenDto })
  @ApiProblems(400, 404)
  async exchange(@Body() input: TokenExchangeDto): Promise<ExchangedTokenDto> {
    return toExchangedTokenDto(await this.exchanges.exchange(toTokenExchange(input)));
  }
}
