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

/** A client's copy of an incremental list, as the README has it. */
export class Mirror {
  readonly events = new Map<number, SyncedElement>();
  /** Of each event that the copy has, or has had. */
  private readonly versions = new Map<number, number>();
  private token = '';
  /** How often the service ended the token. */
  restarts = 0;

  constructor(
    private readonly clientOf: () => Client,
    readonly path: string,
    private readonly query = '',
  ) {}

  /** Reads all changes since the last call. @throws {Error} if the version of an event went back */
  async follow(): Promise<void> {
    const begun = this.token === '';
    const named = new Set<number>();
    let next: string | undefined = `${this.path}?sync_token=${this.token}${this.query}`;
    while (next !== undefined) {
      const { status, headers, body }: ServiceResponse = await this.clientOf().send('GET', next);
      if (status === 410) return this.restart();
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
      for (const element of body as SyncedElement[]) {
        named.add(element.id);
        this.take(element);
      }
      this.token = headers.get('sync-token') ?? this.token;
      next = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    if (begun) for (const id of this.events.keys()) if (!named.has(id)) this.events.delete(id);
  }

  /** The events of the copy, in the order of the list. */
  inOrder(): SyncedElement[] {
    return [...this.events.values()].toSorted((a, b) => a.id - b.id);
  }

  /** The events of the list now. */
  async ofList(): Promise<readonly SyncedElement[]> {
    return (await syncedList(this.clientOf(), this.path, '', this.query)).items;
  }

  private restart(): void {
    this.restarts += 1;
    this.token = '';
  }

  private take(element: SyncedElement): void {
    if (element.removed) {
      this.events.delete(element.id);
      return;
    }
    const known = this.versions.get(element.id) ?? 0;
    if (known > element.version)
      throw new Error(`Event ${element.id} went from version ${known} to ${element.version}.`);
    this.versions.set(element.id, element.version);
    this.events.set(element.id, element);
  }
}

function codeOf(body: unknown): string {
  return (body as { code?: string } | null)?.code ?? '';
}
