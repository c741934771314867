import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ActorInterceptor } from '../access/actor.interceptor.js';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { MailModule } from '../platform/mail/mail.module.js';
import { AttemptLimitsService } from './attempts/attempt-limits.service.js';
import { TokenExchangeService } from './exchange/token-exchange.service.js';
import { AuthenticationGuard } from './identity/authentication.guard.js';
import { AuthenticationService } from './identity/authentication.service.js';
import { ExternalIdentitiesService } from './identity/external-identities.service.js';
import { CredentialsService } from './login/credentials.service.js';
import { LoginService } from './login/login.service.js';
import { LoginThrottleService } from './login/login-throttle.service.js';
import { TokenMailer } from './mail/token-mailer.js';
import { PasswordChangesService } from './passwords/password-changes.service.js';
import { PasswordResetsService } from './passwords/password-resets.service.js';
import { ResetMails } from './passwords/reset-mails.js';
import { AuthController } from './rest/auth.controller.js';
import { PasswordsController } from './rest/passwords.controller.js';
import { TokenExchangeController } from './rest/token-exchange.controller.js';
import { AccessTokens } from './secrets/access-tokens.js';
import { ExchangedTokens } from './secrets/exchanged-tokens.js';
import { OidcTokens } from './secrets/oidc-tokens.js';
import { OwnTokens } from './secrets/own-tokens.js';
import { Passwords } from './secrets/passwords.js';
import { AccountClosingService } from './sessions/account-closing.service.js';
import { ExpiredTokensCleanup } from './sessions/expired-tokens-cleanup.js';
import { SessionsService } from './sessions/sessions.service.js';
import { AddressesRepository } from './store/addresses.repository.js';
import { CredentialsRepository } from './store/credentials.repository.js';
import { ExternalIdentitiesRepository } from './store/external-identities.repository.js';
import { ExternalIdentity } from './store/external-identity.entity.js';
import { GenerationsRepository } from './store/generations.repository.js';
import { LoginAttemptsRepository } from './store/login-attempts.repository.js';
import { MailedToken } from './store/mailed-token.entity.js';
import { MailedTokensRepository } from './store/mailed-tokens.repository.js';
import { RefreshToken } from './store/refresh-token.entity.js';
import { RefreshTokensRepository } from './store/refresh-tokens.repository.js';
import { ResetMailsRepository } from './store/reset-mails.repository.js';
import { EmailVerificationService } from './verification/email-verification.service.js';

/**
 * Authenticates callers: passwords, tokens, and the guard of every route. The module stands below the modules that it
 * guards.
 */
@Module({
  imports: [
    TypeOrmModule.forFeature([ExternalIdentity, MailedToken, RefreshToken]),
    MailModule,
    ApiKeysModule,
  ],
  controllers: [AuthController, PasswordsController, TokenExchangeController],
  providers: [
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_INTERCEPTOR, useClass: ActorInterceptor },
    AccessTokens,
    AccountClosingService,
    AddressesRepository,
    AttemptLimitsService,
    AuthenticationService,
    CredentialsRepository,
    CredentialsService,
    EmailVerificationService,
    ExpiredTokensCleanup,
    ExchangedTokens,
    ExternalIdentitiesRepository,
    ExternalIdentitiesService,
    GenerationsRepository,
    LoginAttemptsRepository,
    LoginService,
    LoginThrottleService,
    MailedTokensRepository,
    OidcTokens,
    OwnTokens,
    PasswordChangesService,
    PasswordResetsService,
    Passwords,
    RefreshTokensRepository,
    ResetMails,
    ResetMailsRepository,
    SessionsService,
    TokenExchangeService,
    TokenMailer,
  ],
  exports: [
    AccountClosingService,
    AttemptLimitsService,
    AuthenticationService,
    CredentialsService,
    EmailVerificationService,
    Passwords,
    SessionsService,
  ],
})
export class AuthModule {}
