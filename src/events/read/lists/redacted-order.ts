import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SigningKeys } from '../../../platform/secrets/signing-keys.js';

/** Makes the digests differ from those of other uses of the key. */
const PURPOSE = 'order of redacted events';

/**
 * Orders events that start together and whose details the caller may not see, in the list of a user. The order is the
 * same on every instance and reveals nothing about ids. An order by id would let a caller compare the hidden event with
 * events of their own in two lists, and so find out that both lists have the same event.
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
