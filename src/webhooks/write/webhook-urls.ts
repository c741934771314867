import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { invalidInput } from '../../errors/domain-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { isHostName, PublicHosts } from '../../platform/network/public-hosts.js';
import { NO_PUBLIC_ADDRESS_MESSAGE, webhookUrlOf } from '../../platform/network/webhook-url.js';

/** Refuses URLs that this installation does not call. */
@Injectable()
export class WebhookUrls {
  constructor(
    private readonly configuration: Configuration,
    private readonly hosts: PublicHosts,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The URL in its normal form. Its host is looked up outside of any transaction, unless the service calls private
   * addresses. Each delivery checks the address again.
   * @throws {DomainError} invalid, naming `url` @throws {ServiceUnavailable}
   */
  async validate(text: string): Promise<string> {
    const { webhookAllowPrivate } = this.configuration;
    const { url, fault } = webhookUrlOf(text, webhookAllowPrivate);
    if (fault !== null) throw invalidInput({ field: 'url', message: fault });
    const { hostname } = url;
    if (webhookAllowPrivate || !isHostName(hostname)) return url.href;
    const isPublic = await this.unitOfWork.outside(`look up ${hostname}`, async () =>
      this.hosts.isPublic(hostname),
    );
    if (!isPublic) throw invalidInput({ field: 'url', message: NO_PUBLIC_ADDRESS_MESSAGE });
    return url.href;
  }
}
