import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.js';
import type { SharedGrant, WrittenWorld } from './written-world.js';

const MIN_PAUSE_MS = 300;
const MAX_PAUSE_MS = 1_500;

export interface GrantChanges {
  /** Leaves the grants as they were at first. */
  finish(): Promise<void>;
}

/** Lets the temporary viewer of a world see private events, and no longer, again and again. Each change ends the viewer's tokens. */
export function startGrantChanges({ people: [ann], temporary }: WrittenWorld, random: Random): GrantChanges {
  const stopping = new AbortController();
  const setAll = async (seesPrivate: boolean) => {
    for (const { calendarId, grantId } of temporary.grants) await set({ calendarId, grantId }, seesPrivate);
  };
  const set = async ({ calendarId, grantId }: SharedGrant, seesPrivate: boolean) => {
    const path = `/calendars/${calendarId}/grants/${grantId}` as const;
    for (;;) {
      const response = await ann.client.patch(path, { sees_private: seesPrivate }).catch(() => null);
      if (response?.status === 200) return;
      if (response && response.status < 500) throw new Error(JSON.stringify(response.body));
    }
  };
  const running = (async () => {
    for (let seesPrivate = false; !stopping.signal.aborted; seesPrivate = !seesPrivate) {
      await sleep(random.between(MIN_PAUSE_MS, MAX_PAUSE_MS));
      await setAll(seesPrivate);
    }
  })();
  // `finish` reports the failure.
  running.catch(() => undefined);
  return {
    finish: async () => {
      stopping.abort();
      await running;
      await setAll(true);
    },
  };
}
