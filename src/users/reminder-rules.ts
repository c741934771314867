import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Configuration } from '../common/configuration.js';
import { invalidInput } from '../common/domain-error.js';
import { isPublicAddress } from '../common/network/public-address.js';
import type { ReminderDto } from './dto/reminder.dto.js';
import type { Reminder } from './reminder.js';

/** Decides which reminders can be kept: what this installation could not deliver is refused, not lost at its hour. */
@Injectable()
export class ReminderRules {
  constructor(private readonly configuration: Configuration) {}

  /**
   * Reminders as they are kept.
   * @param field where the client wrote them
   * @throws {DomainError} invalid, naming the place in `field`
   */
  async kept(field: string, reminders: readonly ReminderDto[]): Promise<Reminder[]> {
    return Promise.all(
      reminders.map(async ({ minutes_before, method, url }, index) => {
        const twin = reminders.findIndex(
          (other) => other.minutes_before === minutes_before && other.method === method,
        );
        if (twin < index) throw fault(`${field}.${index}`, `is the same as ${field}.${twin}`);
        if (method !== 'webhook') {
          if (url !== undefined) throw fault(`${field}.${index}.url`, 'goes with the method webhook only');
          if (method === 'email') this.requireEmail(`${field}.${index}.method`);
          return { minutes_before, method };
        }
        this.requireWebhooks(`${field}.${index}.method`);
        return { minutes_before, method, url: await this.webhookUrl(`${field}.${index}.url`, url) };
      }),
    );
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

  private async webhookUrl(field: string, text: string | undefined): Promise<string> {
    if (text === undefined) throw fault(field, 'is required for the method webhook');
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol)) {
      throw fault(field, 'must be an http or https URL');
    }
    if (url.username !== '' || url.password !== '') throw fault(field, 'must not hold a user or password');
    if (!this.configuration.webhookAllowPrivate && !(await isPublicHost(url.hostname))) {
      throw fault(field, 'must be at a public address');
    }
    return url.href;
  }
}

/** A name that cannot be resolved just now passes: the address is checked again whenever it is called. */
async function isPublicHost(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPublicAddress(host);
  if (/(?:^|\.)localhost\.?$/.test(host)) return false;
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.every(({ address }) => isPublicAddress(address));
}

function fault(field: string, message: string): Error {
  return invalidInput({ field, message });
}
