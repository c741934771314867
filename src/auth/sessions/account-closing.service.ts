import { Injectable } from '@nestjs/common';
import { ExternalIdentitiesRepository } from '../store/external-identities.repository.js';
import { MailedTokensRepository } from '../store/mailed-tokens.repository.js';
import { SessionsService } from './sessions.service.js';

/** Ends the account of a user who is deleted. */
@Injectable()
export class AccountClosingService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly mailedTokens: MailedTokensRepository,
    private readonly identities: ExternalIdentitiesRepository,
  ) {}

  /** Ends every session and token of the user, also those that the service mailed, and removes the links to identities. */
  async close(userId: number): Promise<void> {
    await this.sessions.endAll(userId);
    await this.mailedTokens.removeAllOf(userId);
    await this.identities.removeAllOf(userId);
  }
}
