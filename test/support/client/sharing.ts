import type { CalendarRole } from '../../../src/calendars/model/grants/calendar-role.js';
import type { Account } from './account.js';
import type { Client } from './client.js';

/** The access that a grant gives: a role, with a plus if the grantee sees private events. */
export type GrantedAccess = CalendarRole | `${CalendarRole}+`;

/** The id of the primary calendar of a user who may read it. */
export async function primaryCalendarOf({ client, id }: Pick<Account, 'client' | 'id'>): Promise<number> {
  const { body } = await client.get(`/users/${id}/calendars`);
  return body.find(({ primary }) => primary)?.id as number;
}

/** Adds a calendar of a user. @returns its id */
export async function addCalendar({ client, id }: Account, name: string): Promise<number> {
  return (await client.create(`/users/${id}/calendars`, { name })).body.id;
}

/** Grants a user access to a calendar on behalf of its owner. @returns the id of the grant */
export async function share(
  owner: Client,
  calendarId: number,
  userId: number,
  access: GrantedAccess,
): Promise<number> {
  const grantee = { type: 'user', user_id: userId } as const;
  const { body } = await owner.create(`/calendars/${calendarId}/grants`, { grantee, ...granted(access) });
  return body.id;
}

/** The id of the grant of the tenant. */
export async function grantOfTenant(owner: Client, calendarId: number): Promise<number> {
  const { body: grants } = await owner.get(`/calendars/${calendarId}/grants`);
  return grants.find(({ grantee }) => grantee.type === 'tenant')?.id as number;
}

/** Changes the grant of the tenant. */
export async function shareWithTenant(
  owner: Client,
  calendarId: number,
  access: GrantedAccess,
): Promise<void> {
  const id = await grantOfTenant(owner, calendarId);
  const { status, body } = await owner.patch(`/calendars/${calendarId}/grants/${id}`, granted(access));
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
}

function granted(access: GrantedAccess) {
  const role = access.replace('+', '') as CalendarRole;
  return { role, sees_private: access.endsWith('+') };
}
