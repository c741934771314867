import type { Client, ServiceResponse } from './client.js';

/** An element of an incremental list. */
export interface SyncedElement {
  readonly id: number;
  readonly removed?: true;
  readonly version: number;
  readonly title: string;
  readonly status: string;
  readonly recurrence: readonly string[];
  readonly overrides: readonly Readonly<Record<string, unknown>>[];
}

/** The elements of all pages of an incremental list, and the token that continues from it. */
export interface SyncedList {
  readonly items: readonly SyncedElement[];
  readonly token: string;
  readonly pages: number;
}

/** Requests one page of an incremental list. */
export async function synchronize(
  client: Client,
  path: string,
  token = '',
  query = '',
): Promise<ServiceResponse<SyncedElement[]> & { readonly code: string }> {
  const response = await client.send('GET', `${path}?sync_token=${token}${query}`);
  return { ...response, body: response.body as unknown as SyncedElement[], code: codeOf(response.body) };
}

/** Requests an incremental list from its first page to its last. @throws {Error} if the service refuses a page */
export async function syncedList(client: Client, path: string, token = '', query = ''): Promise<SyncedList> {
  const items: SyncedElement[] = [];
  let [pages, next] = [0, ''];
  for await (const page of client.pages(`${path}?sync_token=${token}${query}`)) {
    items.push(...(page.body as SyncedElement[]));
    next = page.headers.get('sync-token') ?? '';
    pages += 1;
  }
  if (next === '') throw new Error('The last page has no token.');
  return { items, token: next, pages };
}

/** Each element as its title and version, or as removed. */
export function told({ items }: Pick<SyncedList, 'items'>): string[] {
  return items.map(({ id, removed, title, version }) => (removed ? `${id} removed` : `${title} ${version}`));
}

function codeOf(body: unknown): string {
  return (body as { code?: string } | null)?.code ?? '';
}
