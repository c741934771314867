import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from './actor.js';
import { CurrentActor } from './current-actor.js';

describe('the current actor', () => {
  const currentActor = new CurrentActor();

  async function actorAfter(milliseconds: number): Promise<Actor> {
    await sleep(milliseconds);
    return currentActor.get();
  }

  test('is separate for each of several concurrent requests', async () => {
    const actors: Actor[] = [
      { kind: 'user', tenantId: 1, userId: 1 },
      ANONYMOUS,
      { kind: 'user', tenantId: 1, userId: 2 },
    ];
    const seen = actors.map(async (actor, index) =>
      currentActor.run(actor, async () => actorAfter(3 - index)),
    );
    expect(await Promise.all(seen)).toEqual(actors);
  });

  test('does not exist outside of a request', () => {
    expect(() => currentActor.get()).toThrow('no current actor');
  });
});
