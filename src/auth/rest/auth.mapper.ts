import type { LoginTokens } from '../login/login.service.js';
import { ACCESS_TOKEN_LIFETIME } from '../secrets/access-tokens.js';
import type { TokensDto } from './auth.dto.js';

export function toTokensDto({ accessToken, refreshToken }: LoginTokens): TokensDto {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_LIFETIME,
    refresh_token: refreshToken,
  };
}
