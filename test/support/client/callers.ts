import { Client } from './client.js';

const CALLERS = 8;

const DONE = 'done';

const EVENT = {
  title: 'Planning',
  organizer_user_id: 1,
  start_date: '2026-01-05T09:00:00Z',
  duration: 3600,
};

export interface Callers {
  /** @returns how many calls succeeded, and how the others ended */
  stop(): Promise<{ done: number; failures: string[] }>;
}

/** Starts callers who read user 1 and create events in turn, each one call after the other. */
export function startCallers(url: string): Callers {
  const stopping = new AbortController();
  const calls = Array.from({ length: CALLERS }, async () => call(url, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      const outcomes = (await Promise.all(calls)).flat();
      const failures = outcomes.filter((outcome) => outcome !== DONE);
      return { done: outcomes.length - failures.length, failures };
    },
  };
}

/** @returns how each call ended */
async function call(url: string, stopping: AbortSignal): Promise<string[]> {
  const client = new Client(url);
  const outcomes: string[] = [];
  while (!stopping.aborted) {
    const response = outcomes.length % 2 === 0 ? client.get('/users/1') : client.post('/events', EVENT);
    outcomes.push(
      await response.then(
        ({ status, body }) => (status < 300 ? DONE : `${status} ${JSON.stringify(body)}`),
        (error: unknown) => String(error),
      ),
    );
  }
  return outcomes;
}
