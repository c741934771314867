import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { invalidInput } from '../../errors/domain-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { isName, mayBePublic, PublicHosts } from '../../platform/network/public-hosts.js';
import type { Reminder } from '../model/reminder.js';
import type { NewReminderDto } from '../rest/reminder.dto.js';

const NOT_PUBLIC = 'must be at a public address';

/** Decides which reminders a user may have: a reminder that this installation could not deliver is refused. */
@Injectable()
export class ReminderRules {
  constructor(
    private readonly configuration: Configuration,
    private readonly hosts: PublicHosts,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Reminders as they are kept. The hosts of webhooks are looked up, outside of any transaction, for a caller with an
   * identity alone: everybody else could use the service to ask name servers. Each delivery checks the address again.
   * @param field where the client wrote them
   * @throws {DomainError} invalid, naming the place in `field` @throws {ServiceUnavailable}
   */
  async kept(field: string, reminders: readonly NewReminderDto[]): Promise<Reminder[]> {
    const kept = reminders.map((reminder, index) => {
      const twin = reminders.findIndex(
        (other) => other.minutes_before === reminder.minutes_before && other.method === reminder.method,
      );
      if (twin < index) throw fault(`${field}.${index}`, `is the same as ${field}.${twin}`);
      return this.keptReminder(`${field}.${index}`, reminder);
    });
    await this.requirePublicHosts(field, kept);
    return kept;
  }

  private keptReminder(field: string, { minutes_before, method, url }: NewReminderDto): Reminder {
    if (method === 'webhook') {
      this.requireWebhooks(`${field}.method`);
      return { minutes_before, method, url: this.webhookUrl(`${field}.url`, url) };
    }
    if (url !== undefined) throw fault(`${field}.url`, 'goes with the method webhook only');
    if (method === 'email') this.requireEmail(`${field}.method`);
    return { minutes_before, method };
  }

  private requireEmail(field: string): void {
    if (this.configuration.smtpUrl === null) {
      throw fault(field, 'email is not available: SMTP_URL is not set on this server');
    }
  }

  private requireWebhooks(field: string): void {
    if (this.configuration.webhookSecret === null) {
      throw fault(field, 'webhook is not available: WEBHOOK_SECRET is not set on this server');
    }
  }

  private webhookUrl(field: string, text: string | undefined): string {
    if (text === undefined) throw fault(field, 'is required for the method webhook');
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol)) {
      throw fault(field, 'must be an http or https URL');
    }
    if (url.username !== '' || url.password !== '') throw fault(field, 'must not hold a user or password');
    if (!this.configuration.webhookAllowPrivate && !mayBePublic(url.hostname)) throw fault(field, NOT_PUBLIC);
    return url.href;
  }

  private async requirePublicHosts(field: string, reminders: readonly Reminder[]): Promise<void> {
    if (this.configuration.webhookAllowPrivate || this.currentActor.get().kind === 'anonymous') return;
    const hostnames = reminders.map(({ url }) => (url === undefined ? null : new URL(url).hostname));
    const names = [...new Set(hostnames.flatMap((name) => (name !== null && isName(name) ? [name] : [])))];
    if (names.length === 0) return;
    const hidden = await this.unitOfWork.outside(`look up ${names.join(' ')}`, async () =>
      this.notPublic(names),
    );
    const index = hostnames.findIndex((name) => name !== null && hidden.has(name));
    if (index !== -1) throw fault(`${field}.${index}.url`, NOT_PUBLIC);
  }

  private async notPublic(names: readonly string[]): Promise<ReadonlySet<string>> {
    const arePublic = await Promise.all(names.map(async (name) => this.hosts.isPublic(name)));
    return new Set(names.filter((_, index) => !arePublic[index]));
  }
}

function fault(field: string, message: string): Error {
  return invalidInput({ field, message });
}
