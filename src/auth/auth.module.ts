import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ActorInterceptor } from '../access/actor.interceptor.js';
import { Configuration } from '../common/configuration.js';
import { MailModule } from '../common/mail/mail.module.js';
import { AccessTokens, SigningKeys } from './access-tokens.js';
import { AddressesRepository } from './addresses.repository.js';
import { AttemptLimitsService } from './attempt-limits.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { AuthenticationService } from './authentication.service.js';
import { CredentialsRepository } from './credentials.repository.js';
import { CredentialsService } from './credentials.service.js';
import { EmailVerificationService } from './email-verification.service.js';
import { EndedSessions } from './ended-sessions.js';
import { ExternalIdentitiesRepository } from './external-identities.repository.js';
import { ExternalIdentitiesService } from './external-identities.service.js';
import { ExternalIdentity } from './external-identity.entity.js';
import { GenerationsRepository } from './generations.repository.js';
import { keptSecret } from './kept-secret.js';
import { LoginAttemptsRepository } from './login-attempts.repository.js';
import { LoginThrottleService } from './login-throttle.service.js';
import { MailedToken } from './mailed-token.entity.js';
import { MailedTokensRepository } from './mailed-tokens.repository.js';
import { OidcTokens } from './oidc-tokens.js';
import { Passwords } from './passwords.js';
import { RefreshToken } from './refresh-token.entity.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { SessionsService } from './sessions.service.js';

/** Proves who calls: passwords, tokens, and the guard of every route. It stands below the modules it guards. */
@Module({
  imports: [TypeOrmModule.forFeature([ExternalIdentity, MailedToken, RefreshToken]), MailModule],
  controllers: [AuthController],
  providers: [
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_INTERCEPTOR, useClass: ActorInterceptor },
    {
      provide: SigningKeys,
      inject: [Configuration],
      useFactory: async ({ jwtSecrets, dataDir }: Configuration) =>
        new SigningKeys(jwtSecrets.length > 0 ? jwtSecrets : [await keptSecret(dataDir)]),
    },
    AccessTokens,
    AddressesRepository,
    AttemptLimitsService,
    GenerationsRepository,
    AuthenticationService,
    AuthService,
    CredentialsRepository,
    CredentialsService,
    EmailVerificationService,
    EndedSessions,
    ExternalIdentitiesRepository,
    ExternalIdentitiesService,
    LoginAttemptsRepository,
    LoginThrottleService,
    MailedTokensRepository,
    OidcTokens,
    Passwords,
    RefreshTokensRepository,
    SessionsService,
  ],
  exports: [
    AttemptLimitsService,
    CredentialsService,
    EmailVerificationService,
    Passwords,
    SessionsService,
    SigningKeys,
  ],
})
export class AuthModule {}
