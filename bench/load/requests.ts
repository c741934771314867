import { TODAY, USERS } from '../scheduling/dataset.js';

/** The parameters of the week that begins today. */
export const WEEK = `from=${instant(0)}&to=${instant(7)}`;

/** An event of a random user, with two invited users, within the next 300 days. */
export function newEvent(): object {
  return {
    title: 'Planning',
    start_date: instant(Math.floor(Math.random() * 300)),
    duration: 3600,
    organizer_user_id: someone(),
    invited_user_ids: [someone(), someone()],
  };
}

/** The id of a random user. */
export function someone(): number {
  return 1 + Math.floor(Math.random() * USERS);
}

/** The parameters of random users, of whom one may come twice. */
export function usersOf(count: number): string {
  return Array.from({ length: count }, () => `user_ids=${someone()}`).join('&');
}

/** @param days after today */
export function instant(days: number): string {
  return new Date(TODAY + days * 86_400_000).toISOString();
}
