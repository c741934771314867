import { type Account, signUp } from '../client/account.js';
import type { Client } from '../client/client.js';
import { addCalendar, primaryCalendarOf, share } from '../client/sharing.js';

/** A person whose events the writers change, with two calendars. */
export interface WrittenPerson extends Account {
  /** The primary calendar and another one. */
  readonly calendars: readonly [number, number];
}

/** The people of the writers, in one tenant. */
export interface WrittenWorld {
  /** Holds a key with all scopes. */
  readonly backend: Client;
  /** They organize, attend and answer. The tenant may read their calendars, without private events. */
  readonly people: readonly [WrittenPerson, WrittenPerson, WrittenPerson, WrittenPerson];
  /** Attends nothing, and sees private events in the calendars of the first person. */
  readonly assistant: Account;
  /** The same by grants that change. */
  readonly temporary: Account & { readonly grants: readonly SharedGrant[] };
}

/** A grant on a calendar. */
export interface SharedGrant {
  readonly calendarId: number;
  readonly grantId: number;
}

/** @param anyone a client without a token */
export async function createWrittenWorld(anyone: Client, backend: Client): Promise<WrittenWorld> {
  const [ann, bob, cid, dan] = [
    await writtenPerson(anyone, 'ann'),
    await writtenPerson(anyone, 'bob'),
    await writtenPerson(anyone, 'cid'),
    await writtenPerson(anyone, 'dan'),
  ];
  const [assistant, temporary] = [await signUp(anyone, 'eve'), await signUp(anyone, 'fay')];
  const grants: SharedGrant[] = [];
  for (const calendarId of ann.calendars) {
    await share(ann.client, calendarId, assistant.id, 'reader+');
    grants.push({ calendarId, grantId: await share(ann.client, calendarId, temporary.id, 'reader+') });
  }
  return { backend, people: [ann, bob, cid, dan], assistant, temporary: { ...temporary, grants } };
}

async function writtenPerson(anyone: Client, name: string): Promise<WrittenPerson> {
  const account = await signUp(anyone, name);
  return { ...account, calendars: [await primaryCalendarOf(account), await addCalendar(account, 'Work')] };
}
