import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.js';

/** The bodies of the API by their names: `Schemas['Event']`. */
export type Schemas = components['schemas'];

export type CalendarClient = Client<paths>;

export interface CalendarClientOptions {
  /** Where the service is, such as `http://127.0.0.1:3000`. */
  readonly baseUrl: string;
  /** The `access_token` of a login. */
  readonly token?: string;
}

/**
 * A client whose paths, parameters and bodies the compiler knows.
 *
 * @example
 * const calendar = createCalendarClient({ baseUrl: 'http://127.0.0.1:3000' });
 * const { data, error } = await calendar.GET('/events/{event_id}', { params: { path: { event_id: 1 } } });
 */
export function createCalendarClient({ baseUrl, token }: CalendarClientOptions): CalendarClient {
  return createClient<paths>({
    baseUrl,
    // Lists in a query are said by repeating the parameter.
    querySerializer: { array: { style: 'form', explode: true } },
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
}
