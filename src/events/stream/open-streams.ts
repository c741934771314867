import { Injectable } from '@nestjs/common';
import { type Actor, keyOf } from '../../access/actor.js';
import { DomainError } from '../../errors/domain-error.js';
import { ServiceUnavailable } from '../../errors/service-unavailable.js';

/**
 * The open streams of one caller on one instance. A client needs one, and a page in several tabs some.
 * @public `docs/limits.md` lists it.
 */
export const MAX_STREAMS_OF_CALLER = 5;

/**
 * The open streams of one instance. Each holds a connection of the client and the state of its last read.
 * @public `docs/limits.md` lists it.
 */
export const MAX_STREAMS_OF_INSTANCE = 1_000;

/** Counts the open streams of this instance. */
@Injectable()
export class OpenStreams {
  private readonly byCaller = new Map<string, number>();
  private count = 0;

  /**
   * Takes a place for a stream of the caller. @returns a function that frees it; a second call has no effect
   * @throws {DomainError} quota-exceeded `too_many_streams` @throws {ServiceUnavailable} `overloaded`
   */
  take(actor: Actor): () => void {
    const caller = callerOf(actor);
    const open = this.byCaller.get(caller) ?? 0;
    if (open >= MAX_STREAMS_OF_CALLER) throw tooManyStreams();
    if (this.count >= MAX_STREAMS_OF_INSTANCE)
      throw new ServiceUnavailable('overloaded', 'This instance has as many open streams as it can serve.');
    this.byCaller.set(caller, open + 1);
    this.count += 1;
    let taken = true;
    return () => {
      if (taken) this.free(caller);
      taken = false;
    };
  }

  private free(caller: string): void {
    this.count -= 1;
    const left = (this.byCaller.get(caller) ?? 1) - 1;
    if (left === 0) this.byCaller.delete(caller);
    else this.byCaller.set(caller, left);
  }
}

/** A key that acts as a user is the user. */
function callerOf(actor: Actor): string {
  if (actor.kind === 'user') return `user ${actor.tenantId} ${actor.userId}`;
  return `key ${keyOf(actor)?.id ?? 0}`;
}

/** The refusal of one stream more than a caller may have. */
export function tooManyStreams(): DomainError {
  return new DomainError(
    'quota-exceeded',
    'too_many_streams',
    `A caller may have ${MAX_STREAMS_OF_CALLER} open streams. Close one of them first.`,
  );
}
