import type { MirroredList } from './list-mirror.js';
import type { WrittenPerson, WrittenWorld } from './written-world.js';

/** The lists that readers of a world follow: of the tenant, of persons and of calendars, for different viewers. */
export function mirroredLists({ backend, people, assistant, temporary }: WrittenWorld): MirroredList[] {
  const [ann, bob, , dan] = people;
  const steady = { tokensEnd: false };
  return [
    {
      ...steady,
      name: 'the tenant, for a key',
      path: '/changes',
      viewer: backend,
      userId: null,
      calendarId: null,
    },
    { ...steady, ...ofUser(ann), name: 'a person, for the person', viewer: ann.client },
    {
      ...steady,
      ...ofUser(ann),
      name: 'a person, for one who sees private events',
      viewer: assistant.client,
    },
    { ...steady, ...ofUser(ann), name: 'a person, for one who sees public events', viewer: dan.client },
    {
      ...ofUser(ann),
      tokensEnd: true,
      name: 'a person, for one whose grants change',
      viewer: temporary.client,
    },
    { ...steady, ...ofUser(bob), name: 'a person, for a key', viewer: backend },
    { ...steady, ...ofUser(bob), name: 'a person, for a key that acts as them', viewer: backend.as(bob.id) },
    { ...steady, ...ofCalendar(ann), name: 'a calendar, for its owner', viewer: ann.client },
    {
      ...steady,
      ...ofCalendar(ann),
      name: 'a calendar, for one who sees private events',
      viewer: assistant.client,
    },
    { ...steady, ...ofCalendar(bob), name: 'a calendar, for one who sees public events', viewer: dan.client },
  ];
}

function ofUser({ id }: WrittenPerson) {
  return { path: `/users/${id}/events`, userId: id, calendarId: null };
}

function ofCalendar({ id, calendars: [, calendarId] }: WrittenPerson) {
  return { path: `/calendars/${calendarId}/events`, userId: id, calendarId };
}
