import { Injectable } from '@nestjs/common';
import { authenticationOf } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { refuseDelegated } from '../../access/key-access.js';
import { ME } from '../../access/user-path-id.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { notFound } from '../../errors/domain-error.js';
import { InvalidToken } from '../../errors/unauthenticated-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { CredentialsService } from '../login/credentials.service.js';
import { Passwords } from '../secrets/passwords.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { CredentialsRepository } from '../store/credentials.repository.js';
import { GenerationsRepository } from '../store/generations.repository.js';

/** A person's change of the own password. */
export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** How a key sets a password: this operation serves no key that acts as itself. */
const BY_KEY = 'the key must set the password as itself by `PATCH /users/{user_id}`';

/** Changes the passwords of persons who send the present one. */
@Injectable()
export class PasswordChangesService {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly stored: CredentialsRepository,
    private readonly generations: GenerationsRepository,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsService,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the caller's password, and ends every session and token of the caller.
   * @throws {DomainError} forbidden `wrong_password`, `reauthentication_required`; not-found, for a caller that is not a user
   * @throws {UnauthenticatedError} @throws {TooManyAttemptsError}
   */
  async change({ currentPassword, newPassword }: PasswordChange): Promise<void> {
    const actor = this.currentActor.get();
    if (actor.kind !== 'user') throw notFound('user', ME);
    refuseDelegated(actor, BY_KEY);
    const { userId } = actor;
    await this.credentials.confirmPassword(userId, currentPassword);
    const passwordHash = await this.passwords.hash(newPassword);
    await this.unitOfWork.run(async () => {
      // In the meantime another request may have ended the caller's token, and the password with it.
      const generation = await this.generations.locked(userId);
      if (generation !== authenticationOf(actor)?.generation) throw new InvalidToken();
      await this.sessions.endAll(userId);
      await this.stored.setPassword(userId, passwordHash, this.clock.now(), null);
    });
  }
}
