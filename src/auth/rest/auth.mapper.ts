import { ALL_SCOPES } from '../../access/scopes-field.js';
import { DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import type { ExchangedAccess, TokenExchange } from '../exchange/token-exchange.service.js';
import type { LoginCredentials } from '../login/credentials.service.js';
import type { LoginTokens } from '../login/login.service.js';
import type { ForgottenPassword } from '../passwords/password-resets.service.js';
import { ACCESS_TOKEN_LIFETIME } from '../secrets/access-tokens.js';
import type { LoginDto, TokensDto } from './auth.dto.js';
import type { ForgotPasswordDto } from './passwords.dto.js';
import type { ExchangedTokenDto, TokenExchangeDto } from './token-exchange.dto.js';

/** The names in requests of the fields of a change of a password. */
export const PASSWORD_FIELDS: WireNames = {
  currentPassword: 'current_password',
  newPassword: 'new_password',
};

export function toForgottenPassword({ tenant_id: tenantId, email }: ForgotPasswordDto): ForgottenPassword {
  return { tenantId: tenantId ?? DEFAULT_TENANT_ID, email };
}

export function toLoginCredentials({ tenant_id: tenantId, email, password }: LoginDto): LoginCredentials {
  return { tenantId: tenantId ?? DEFAULT_TENANT_ID, email, password };
}

export function toTokensDto({ accessToken, refreshToken }: LoginTokens): TokensDto {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_LIFETIME,
    refresh_token: refreshToken,
  };
}

export function toTokenExchange({
  user_id: userId,
  expires_in: lifetime,
  scopes,
}: TokenExchangeDto): TokenExchange {
  return { userId, lifetime, scopes: scopes === undefined || scopes === ALL_SCOPES ? null : scopes };
}

export function toExchangedTokenDto({ accessToken, lifetime }: ExchangedAccess): ExchangedTokenDto {
  return { access_token: accessToken, token_type: 'Bearer', expires_in: lifetime };
}
