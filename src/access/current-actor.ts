import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Actor } from './actor.js';

/** Who calls, for all that runs on behalf of one request; services ask it and hand the answer to their policy. */
@Injectable()
export class CurrentActor {
  private readonly current = new AsyncLocalStorage<Actor>();

  /** @throws {Error} outside of `run`: what has no actor is refused, never let through */
  get(): Actor {
    const actor = this.current.getStore();
    if (!actor) throw new Error('Nobody was said to be acting.');
    return actor;
  }

  /** Runs `work`, and all that it awaits, on behalf of `actor`. */
  run<T>(actor: Actor, work: () => T): T {
    return this.current.run(actor, work);
  }
}
