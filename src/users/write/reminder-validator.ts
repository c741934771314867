import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { invalidInput } from '../../errors/domain-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { isHostName, PublicHosts } from '../../platform/network/public-hosts.js';
import { NOT_PUBLIC_MESSAGE } from '../../platform/network/webhook-url.js';
import type { NewReminder, Reminder } from '../model/reminder.js';
import { validReminders } from '../model/reminders/valid-reminders.js';

/** Refuses reminders that this installation could not deliver. */
@Injectable()
export class ReminderValidator {
  constructor(
    private readonly configuration: Configuration,
    private readonly hosts: PublicHosts,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The reminders as the database stores them. For a caller with a token, the validator resolves the host names of
   * webhooks, outside of any transaction. For any other caller, no host name is resolved: such a caller could use the
   * service to query name servers. Each delivery checks the address again.
   * @param field the field that holds the reminders
   * @throws {DomainError} invalid, naming the place in `field` @throws {ServiceUnavailable}
   */
  async validate(field: string, reminders: readonly NewReminder[]): Promise<Reminder[]> {
    const { smtpUrl, webhookSecret, webhookAllowPrivate } = this.configuration;
    const valid = validReminders(field, reminders, {
      email: smtpUrl !== null,
      webhooks: webhookSecret !== null,
      privateAddresses: webhookAllowPrivate,
    });
    await this.requirePublicHosts(field, valid);
    return valid;
  }

  private async requirePublicHosts(field: string, reminders: readonly Reminder[]): Promise<void> {
    if (this.configuration.webhookAllowPrivate || this.currentActor.get().kind === 'anonymous') return;
    const hostnames = reminders.map(({ url }) => (url === undefined ? null : new URL(url).hostname));
    const names = [
      ...new Set(hostnames.flatMap((name) => (name !== null && isHostName(name) ? [name] : []))),
    ];
    if (names.length === 0) return;
    const hidden = await this.unitOfWork.outside(`look up ${names.join(' ')}`, async () =>
      this.notPublic(names),
    );
    const index = hostnames.findIndex((name) => name !== null && hidden.has(name));
    if (index !== -1) throw invalidInput({ field: `${field}.${index}.url`, message: NOT_PUBLIC_MESSAGE });
  }

  private async notPublic(names: readonly string[]): Promise<ReadonlySet<string>> {
    const arePublic = await Promise.all(names.map(async (name) => this.hosts.isPublic(name)));
    return new Set(names.filter((_, index) => !arePublic[index]));
  }
}
