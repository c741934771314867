import type { MirroredList } from './list-mirror.js';
import type { WrittenPerson, WrittenWorld } from './written-world.js';

/** The lists that readers of a world follow: of the tenant, of persons and of calendars, for different viewers. */
export function mirroredLists({ backend, people, assistant, temporary }: WrittenWorld): MirroredList[] {
  const [ann, bob, , dan] = people;
  const ofUser = ({ id }: WrittenPerson) => ({ path: `/users/${id}/events`, userId: id, calendarId: null });
  const ofCalendar = ({ id, calendars: [, calendarId] }: WrittenPerson) => ({
    path: `/calendars/${calendarId}/events`,
    userId: id,
    calendarId,
  });
  const changing = { name: 'a person, for another one whose grants change', viewer: temporary.client };
  const lists = [
    { name: 'the tenant, for a key', path: '/changes', viewer: backend, userId: null, calendarId: null },
    { name: 'a person, for the person', ...ofUser(ann), viewer: ann.client },
    { name: 'a person, for another one who sees private events', ...ofUser(ann), viewer: assistant.client },
    { name: 'a person, for another one who sees public events', ...ofUser(ann), viewer: dan.client },
    { name: 'a person, for a key', ...ofUser(bob), viewer: backend },
    { name: 'a person, for a key that acts as the person', ...ofUser(bob), viewer: backend.as(bob.id) },
    { name: 'a calendar, for its owner', ...ofCalendar(ann), viewer: ann.client },
    {
      name: 'a calendar, for a person who sees private events',
      ...ofCalendar(ann),
      viewer: assistant.client,
    },
    { name: 'a calendar, for a person who sees public events', ...ofCalendar(bob), viewer: dan.client },
  ];
  return [
    ...lists.map((list) => ({ ...list, tokensEnd: false })),
    { ...changing, ...ofUser(ann), tokensEnd: true },
  ];
}
