import { Injectable } from '@nestjs/common';
import { runAsAuthor } from '../database/session/change-author.js';
import { ContextVariable } from '../platform/context/context-variable.js';
import { type Actor, keyOf } from './actor.js';

/** The actor of the request in progress. Services read it and pass it to their policies. */
@Injectable()
export class CurrentActor {
  private readonly current = new ContextVariable<Actor>();

  /** @throws {Error} outside of `run`: code without an actor must not pass a policy */
  get(): Actor {
    const actor = this.current.get();
    if (!actor) throw new Error('There is no current actor.');
    return actor;
  }

  /** Runs `work`, and the asynchronous calls that it starts, on behalf of `actor`, the author of its changes. */
  run<T>(actor: Actor, work: () => T): T {
    const author = {
      userId: actor.kind === 'user' ? actor.userId : null,
      apiKeyId: keyOf(actor)?.id ?? null,
    };
    return runAsAuthor(author, () => this.current.run(actor, work));
  }
}
