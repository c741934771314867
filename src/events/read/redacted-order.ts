import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';

/** Sets the digests apart from other uses of the key. */
const PURPOSE = 'order of redacted events';

/**
 * Orders events that start together in the list of a user whose details the caller may not see. The order is the same
 * on every instance and tells nothing about their ids: by id, a caller could place an event of their own before or
 * after a hidden one in two lists, and so find out that both hold the same event.
 */
@Injectable()
export class RedactedOrder {
  constructor(private readonly keys: SigningKeys) {}

  /** The place of each event in the list of `userId`. */
  placesOf(userId: number, eventIds: readonly number[]): ReadonlyMap<number, number> {
    const digests = eventIds.map((id) => ({ id, digest: this.digestOf(userId, id) }));
    const ordered = digests.toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
    return new Map(ordered.map(({ id }, place) => [id, place]));
  }

  private digestOf(userId: number, eventId: number): string {
    return createHmac('sha256', this.keys.all[0]).update(`${PURPOSE} ${userId} ${eventId}`).digest('hex');
  }
}
