import { isDeepStrictEqual } from 'node:util';
import { type Client, nextPage, type ServiceResponse } from '../client/client.js';
import type { SyncedElement } from '../client/incremental-list.js';

/** Which incremental list a mirror follows, and by whose requests. */
export interface MirroredList {
  readonly name: string;
  readonly path: string;
  readonly viewer: Client;
  /** The user whose events the list has; null: the events of the tenant. */
  readonly userId: number | null;
  /** The calendar of the list; null: the list is not that of a calendar. */
  readonly calendarId: number | null;
  /** Whether grants to the viewer change, which ends the tokens. */
  readonly tokensEnd: boolean;
}

/** Statuses of a service that is about to recover. */
const UNAVAILABLE_STATUSES = new Set([502, 503]);

/** The service did not give a page. The mirror is as it was, and may follow again. */
export class PageUnavailable extends Error {}

/**
 * A client's copy of an incremental list. It stores the elements of each page, and the token after the last page. It fails if
 * an event is not whole, if the version of an event goes back, or if one version has two contents.
 */
export class ListMirror {
  private readonly present = new Map<number, SyncedElement>();
  /** The newest state of each event that the list had, also of those that it lost. */
  private readonly newest = new Map<number, SyncedElement>();
  private token = '';
  /** The ids of all elements that the list has had, also of those that came as removed. */
  readonly named = new Set<number>();
  /** How often the service ended the token. */
  restarts = 0;

  constructor(
    readonly list: MirroredList,
    readonly limit: number,
  ) {}

  /** The events of the copy, by id. */
  get events(): SyncedElement[] {
    return [...this.present.values()].toSorted((a, b) => a.id - b.id);
  }

  /** A client that stopped here, and goes on later. */
  copy(): ListMirror {
    const copy = new ListMirror(this.list, this.limit);
    for (const [id, event] of this.present) copy.present.set(id, event);
    for (const [id, event] of this.newest) copy.newest.set(id, event);
    for (const id of this.named) copy.named.add(id);
    copy.token = this.token;
    return copy;
  }

  /** Stores all changes since the last call. @throws {PageUnavailable} @throws {Error} if the list breaks its promise */
  async follow(): Promise<void> {
    const isFull = this.token === '';
    const inFullList = new Set<number>();
    const first = `${this.list.path}?sync_token=${this.token}&limit=${this.limit}`;
    for (let path: string | undefined = first; path !== undefined; ) {
      const page = await this.page(path);
      if (page.status === 410) {
        this.restart(page);
        return this.follow();
      }
      if (page.status !== 200)
        throw new Error(`${this.list.name}: ${page.status} ${JSON.stringify(page.body)}`);
      for (const element of page.body as SyncedElement[]) {
        inFullList.add(element.id);
        this.store(element);
      }
      path = nextPage(page);
      if (path === undefined) this.token = this.tokenOf(page);
    }
    if (isFull) for (const id of this.present.keys()) if (!inFullList.has(id)) this.present.delete(id);
  }

  private async page(path: string): Promise<ServiceResponse> {
    const page = await this.list.viewer.send('GET', path).catch((error: unknown) => {
      throw new PageUnavailable(String(error));
    });
    if (UNAVAILABLE_STATUSES.has(page.status)) throw new PageUnavailable(JSON.stringify(page.body));
    return page;
  }

  /** Drops the token. The next full list decides what the copy keeps. */
  private restart({ body }: ServiceResponse): void {
    const { code } = body as { readonly code: string };
    if (code !== 'sync_token_expired') throw new Error(`${this.list.name}: 410 ${code}`);
    this.token = '';
    this.restarts += 1;
  }

  private tokenOf({ headers }: ServiceResponse): string {
    const token = headers.get('sync-token');
    if (!token) throw new Error(`${this.list.name}: the last page has no token.`);
    return token;
  }

  private store(element: SyncedElement): void {
    const { id } = element;
    this.named.add(id);
    if (element.removed) {
      this.present.delete(id);
      return;
    }
    this.expectWhole(element);
    const known = this.newest.get(id);
    if (known && known.version > element.version) this.fail('a version went back', known, element);
    if (known?.version === element.version && !isDeepStrictEqual(known, element))
      this.fail('one version has two contents', known, element);
    this.present.set(id, element);
    this.newest.set(id, element);
  }

  private expectWhole(element: SyncedElement): void {
    const { title, version, attendees, overrides } = element as Partial<SyncedElement> & {
      readonly attendees?: unknown;
    };
    if (!title || !version || !Array.isArray(attendees) || !overrides)
      this.fail('an event is not whole', element);
  }

  private fail(fault: string, ...elements: readonly SyncedElement[]): never {
    throw new Error(
      [`${this.list.name}: ${fault}`, ...elements.map((one) => JSON.stringify(one))].join('\n'),
    );
  }
}
