import { Client } from './client.js';

const CALLERS = 8;

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
  let stopped = false;
  let done = 0;
  const failures: string[] = [];
  const call = async (): Promise<void> => {
    const client = new Client(url);
    for (let count = 0; !stopped; count += 1) {
      const answer = count % 2 === 0 ? client.get('/users/1') : client.post('/events', EVENT);
      await answer.then(
        ({ status, body }) => {
          if (status < 300) done += 1;
          else failures.push(`${status} ${JSON.stringify(body)}`);
        },
        (error: unknown) => failures.push(String(error)),
      );
    }
  };
  const calls = Array.from({ length: CALLERS }, call);
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(calls);
      return { done, failures };
    },
  };
}
