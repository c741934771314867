import type { Calendar } from '../../../../clients/typescript/src/schema.js';
import { callersOf, personOf } from './creations.js';
import type { WriteOperation } from './write.js';

export const CALENDAR_CHANGES: Readonly<Record<string, WriteOperation>> = {
  'add a calendar': ({ random, word, world }) => {
    const person = random.one(world.people);
    return {
      caller: random.one(callersOf(world, person)),
      method: 'POST',
      path: `/users/${person.id}/calendars`,
      body: { name: word },
      concerns: [],
      done: (body) => ({ changes: [], calendar: { id: (body as Calendar).id, userId: person.id } }),
    };
  },
  'delete a calendar': ({ calendars, random, world }) => {
    const calendar = calendars.take(random);
    if (!calendar) return null;
    return {
      caller: random.one(callersOf(world, personOf(world, calendar.userId))),
      method: 'DELETE',
      path: `/calendars/${calendar.id}?events=${random.one(['delete', 'move'])}`,
      concerns: 'any',
      done: () => ({ changes: 'any' }),
    };
  },
};
