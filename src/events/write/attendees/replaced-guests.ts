import { normalisedEmail } from '../../../platform/mail/email-address.js';
import type { UsersService } from '../../../users/read/users.service.js';
import type { EventRecord } from '../../model/event-record.js';
import type { GuestsRepository } from '../../store/attendees/guests.repository.js';

/** The tables that the function writes, and the services that it asks. */
interface Resources {
  readonly users: UsersService;
  readonly guests: GuestsRepository;
}

/**
 * Removes the guests of a file whose addresses are those of users who attend a locked event, so that each address attends
 * once. The answer of a file is not one of the user. An organizer without an account stays: the organizer of the event.
 */
export async function replaceGuestsOf(
  event: EventRecord,
  userIds: readonly number[],
  { users, guests }: Resources,
): Promise<void> {
  const ofFile = event.guests.filter(({ importedAs }) => importedAs === 'attendee');
  if (ofFile.length === 0) return;
  const attending = [...(await users.byId(userIds)).values()];
  const addresses = new Set(attending.map(({ email }) => normalisedEmail(email)));
  const replaced = ofFile.filter(({ address }) => addresses.has(address));
  await guests.remove(
    event.id,
    replaced.map(({ inviteId }) => inviteId),
  );
}
