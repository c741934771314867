import type { Event } from '../../../../clients/typescript/src/schema.js';
import type { InviteVerb } from '../../client/documented-operation.js';
import { callerFor, callersOf, personOf } from './creations.js';
import { invitesOf, startsOf } from './known-events.js';
import { changedBlindly, type Draft, type Write, type WriteOperation } from './write.js';

const VERBS = ['accept', 'decline', 'tentative'] as const satisfies readonly InviteVerb[];

export const ATTENDANCE_CHANGES: Readonly<Record<string, WriteOperation>> = {
  'answer an invite': (draft) => answered(draft, draft.known.one(draft.random), () => undefined),
  'answer for an occurrence': (draft) =>
    answered(draft, draft.known.series(draft.random), (event) => draft.random.one(startsOf(event))),
  'add an attendee': (draft) => added(draft, draft.known.one(draft.random), () => undefined),
  'add an attendee of an occurrence': (draft) =>
    added(draft, draft.known.series(draft.random), (event) => draft.random.one(startsOf(event))),
  'remove an attendee': (draft) => removed(draft, draft.known.one(draft.random), () => ''),
  'remove an attendee from an occurrence': (draft) =>
    removed(
      draft,
      draft.known.series(draft.random),
      (event) => `?original_start=${draft.random.one(startsOf(event))}`,
    ),
};

function answered(
  { random, word, world }: Draft,
  event: Event | undefined,
  startOf: (event: Event) => string | undefined,
): Write | null {
  const invite = event && random.oneIfAny(invitesOf(event));
  if (!event || !invite) return null;
  return {
    caller: random.one(callersOf(world, personOf(world, invite.userId))),
    method: 'POST',
    path: `/event-invites/${invite.inviteId}:${random.one(VERBS)}`,
    body: { comment: word, original_start: startOf(event) },
    concerns: [event.id],
    done: () => ({ changes: [changedBlindly(event.id)] }),
  };
}

function added(
  draft: Draft,
  event: Event | undefined,
  startOf: (event: Event) => string | undefined,
): Write | null {
  if (!event) return null;
  const { random, world } = draft;
  const present = new Set(event.attendees.map(({ user }) => user?.id));
  const person = random.oneIfAny(world.people.filter(({ id }) => !present.has(id)));
  if (!person) return null;
  return {
    caller: callerFor(draft, event),
    method: 'POST',
    path: `/events/${event.id}/attendees`,
    body: { user_id: person.id, original_start: startOf(event) },
    concerns: [event.id],
    done: () => ({ changes: [changedBlindly(event.id)], unread: [event.id] }),
  };
}

function removed(draft: Draft, event: Event | undefined, queryOf: (event: Event) => string): Write | null {
  const invite = event && draft.random.oneIfAny(invitesOf(event));
  if (!event || !invite) return null;
  return {
    caller: callerFor(draft, event),
    method: 'DELETE',
    path: `/events/${event.id}/attendees/${invite.userId}${queryOf(event)}`,
    concerns: [event.id],
    done: () => ({ changes: [changedBlindly(event.id)], unread: [event.id] }),
  };
}
