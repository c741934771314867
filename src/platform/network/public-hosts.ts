import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { ServiceUnavailable } from '../../errors/service-unavailable.js';
import { addressesOf } from './host-addresses.js';
import { isPublicAddress } from './public-address.js';

/**
 * Look-ups that run at a time: four requests of five webhooks each, so that name servers get no burst of queries.
 * @public `docs/limits.md` lists it.
 */
export const MAX_LOOKUPS = 20;

/**
 * Look-ups that wait for their turn: the last of them starts within some five seconds even if no name server answers.
 * @public `docs/limits.md` lists it.
 */
export const MAX_WAITING_LOOKUPS = 100;

/** Finds out whether hosts that a client names are on the public internet. */
@Injectable()
export class PublicHosts {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /**
   * Whether the host name has an address and each of its addresses is public. A name that does not exist and a name
   * that no name server answers for are not public: the result must not reveal which names exist in a private network.
   * @throws {ServiceUnavailable} `overloaded`, if `MAX_WAITING_LOOKUPS` are waiting
   */
  async isPublic(hostname: string): Promise<boolean> {
    await this.turn();
    try {
      const addresses = await addressesOf(hostname);
      return addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
    } finally {
      // The next one takes over the place of this one.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private async turn(): Promise<void> {
    if (this.running < MAX_LOOKUPS) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= MAX_WAITING_LOOKUPS)
      throw new ServiceUnavailable('overloaded', 'The service looks up too many host names at the moment.');
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

/** Whether the text of a host allows that it is public: a public IP address, or any name except localhost. */
export function mayBePublic(hostname: string): boolean {
  const host = withoutBrackets(hostname);
  return isIP(host) === 0 ? !/(?:^|\.)localhost\.?$/.test(host) : isPublicAddress(host);
}

/** Whether the host of a URL is a name, which has to be looked up. */
export function isHostName(hostname: string): boolean {
  return isIP(withoutBrackets(hostname)) === 0;
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
