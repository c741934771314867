import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { requireScopeOfCaller } from '../../../access/key-access.js';
import { UserCalendarsService } from '../../../calendars/read/user-calendars.service.js';
import { ChangeEpochs } from '../../../changes/log/change-epochs.service.js';
import type { SyncBinding, SyncPage, SyncPosition } from '../../../changes/sync/sync-position.js';
import { SyncTokens, syncTokenExpired } from '../../../changes/sync/sync-tokens.js';
import { MAX_ID } from '../../../platform/values/max-id.js';
import { DirectoryService } from '../../../users/read/directory.service.js';
import { UsersService } from '../../../users/read/users.service.js';
import type { ListOfEntries } from '../../model/changes/entry-history.js';
import { AccessChangesRepository } from '../../store/changes/access-changes.repository.js';
import {
  IncrementalListsRepository,
  type IncrementalRows,
} from '../../store/changes/incremental-lists.repository.js';
import { MAX_ATTENDEES_IN_PAGE } from '../lists/list-pages.js';
import type { IncrementalListQuery, IncrementalPage, SyncedEvent } from './incremental-list.js';
import { SyncedEventsService } from './synced-events.service.js';

/** A list, before the service knows whether the caller sees it. */
interface NamedList {
  readonly name: string;
  readonly entries: ListOfEntries;
  /** @returns the list. @throws {DomainError} not-found, if the current actor does not see it */
  readonly find: () => Promise<ListOfEntries>;
}

/** Rows that one statement reads where most events are hidden from the caller. */
const MOST_ROWS_AT_ONCE = 1_000;

/** Which rows a page needs. */
interface PageOfRows {
  readonly limit: number;
  readonly maxAttendees: number | null;
  /** The id of the last event of the page before. */
  readonly after: number;
  /** Whether the list has the changes since a position alone. */
  readonly changed: boolean;
}

const EVERYTHING = { userId: null, calendarId: null };

const LIST_OF_TENANT: NamedList = { name: 'tenant', entries: EVERYTHING, find: async () => EVERYTHING };

/** Lists events in full, and then the changes since a list. */
@Injectable()
export class IncrementalListService {
  constructor(
    private readonly lists: IncrementalListsRepository,
    private readonly access: AccessChangesRepository,
    private readonly synced: SyncedEventsService,
    private readonly tokens: SyncTokens,
    private readonly epochs: ChangeEpochs,
    private readonly users: UsersService,
    private readonly calendars: UserCalendarsService,
    private readonly directory: DirectoryService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The events that a user organizes or is invited to, and that the current actor sees in full.
   * @throws {DomainError} not-found `user_not_found`; expired `sync_token_expired`; invalid `sync_token_mismatch`; invalid,
   * naming `page_token`
   */
  async ofUser(userId: number, query: IncrementalListQuery): Promise<IncrementalPage> {
    return this.pageOf(this.listOfUser(userId), query);
  }

  /** The token that continues from the present list of a user, without the list. @throws as `ofUser` */
  async presentOfUser(userId: number): Promise<string> {
    return this.presentOf(this.listOfUser(userId));
  }

  /**
   * The same of a calendar, with the id of its user.
   * @throws {DomainError} not-found `calendar_not_found`; and as `ofUser`
   */
  async ofCalendar(
    calendarId: number,
    query: IncrementalListQuery,
  ): Promise<{ readonly userId: number; readonly page: IncrementalPage }> {
    let userId = 0;
    const find = async () => {
      ({
        calendar: { userId },
      } = await this.calendars.getVisible(calendarId));
      return { userId, calendarId };
    };
    const entries = { userId: null, calendarId };
    const page = await this.pageOf({ name: `calendar ${calendarId}`, entries, find }, query);
    return { userId, page };
  }

  /** The events of the tenant, for a key. @throws {DomainError} as `ofUser` */
  async ofTenant(query: IncrementalListQuery): Promise<IncrementalPage> {
    return this.pageOf(LIST_OF_TENANT, query);
  }

  /** The token that continues from the present list of the tenant, without the list. */
  async presentOfTenant(): Promise<string> {
    return this.presentOf(LIST_OF_TENANT);
  }

  private listOfUser(userId: number): NamedList {
    const entries = { userId, calendarId: null };
    const find = async () => {
      await this.directory.expectVisible(userId);
      await this.users.get(userId);
      return entries;
    };
    return { name: `user ${userId}`, entries, find };
  }

  private async presentOf(named: NamedList): Promise<string> {
    const page = { limit: 1, maxAttendees: null, after: MAX_ID, changed: false };
    const { position } = await this.rowsOf(await named.find(), null, page);
    return this.tokens.issue(this.tokens.advanced(null, position), this.bindingOf(named.name, page));
  }

  private async pageOf(named: NamedList, query: IncrementalListQuery): Promise<IncrementalPage> {
    requireScopeOfCaller(this.currentActor.get(), 'changes.read');
    const { limit, maxAttendees } = query;
    const binding = this.bindingOf(named.name, query);
    const token = query.syncToken === '' ? null : this.tokens.read(query.syncToken, binding);
    const page = query.pageToken === null ? null : this.tokens.readPage(query.pageToken, binding, token);
    const read = token ?? page?.first ?? null;
    const list = await this.found(named, read);
    const since = token?.snapshot ?? null;
    const { items, beyond, position } = await this.itemsOf(list, read, {
      limit,
      maxAttendees,
      after: page?.after ?? 0,
      changed: token !== null,
    });
    const first = page?.first ?? position;
    await this.refuseChangedAccess(list, read);
    const last = items.at(-1);
    const next: SyncPage | null = beyond && last ? { first, since, after: idOf(last) } : null;
    return {
      items,
      nextPageToken: next && this.tokens.issuePage(next, binding),
      syncToken: next ? null : this.tokens.issue(first, binding),
    };
  }

  /**
   * The items of a page, and whether others follow. Reads on until the page is full: a page that ended early would tell the
   * caller of events that the caller does not see.
   */
  private async itemsOf(list: ListOfEntries, read: SyncPosition | null, page: PageOfRows) {
    const found: SyncedEvent[] = [];
    let [position, shown]: [SyncPosition | null, readonly SyncedEvent[]] = [null, found];
    let { after } = page;
    // One row more tells whether others follow.
    let rowsAtOnce = page.limit + 1;
    for (let more = true; more && shown.length === found.length; ) {
      const rows = await this.rowsOf(list, read, { ...page, after, limit: rowsAtOnce });
      rowsAtOnce = Math.min(rowsAtOnce * 2, MOST_ROWS_AT_ONCE);
      // Of each statement: the database may have been restored between two of them.
      const current = this.tokens.advanced(read, rows.position);
      position ??= current;
      found.push(...(await this.synced.of(rows, list, read?.snapshot ?? null)));
      shown = withinPage(found, page);
      more = rows.more;
      after = rows.last ?? after;
    }
    if (position === null) throw new Error('A page needs a statement.');
    return { items: shown, beyond: shown.length < found.length, position };
  }

  private async rowsOf(
    list: ListOfEntries,
    read: SyncPosition | null,
    page: PageOfRows,
  ): Promise<IncrementalRows & { readonly position: { readonly epoch: string } }> {
    const actor = this.currentActor.get();
    const viewerId = actor.kind === 'user' ? actor.userId : null;
    const rows = await this.epochs.within(async () => {
      const found = await this.lists.page({
        list,
        viewerId,
        read,
        maxWeight: MAX_ATTENDEES_IN_PAGE,
        ...page,
      });
      return { ...found, epoch: found.position.epoch };
    });
    return { ...rows, position: { ...rows.position, epoch: rows.epoch } };
  }

  /** A change of access may hide the list itself. It ends the token also then. */
  private async found(named: NamedList, read: SyncPosition | null): Promise<ListOfEntries> {
    try {
      return await named.find();
    } catch (error) {
      await this.refuseChangedAccess(named.entries, read);
      throw error;
    }
  }

  /** @throws {DomainError} expired `sync_token_expired` */
  private async refuseChangedAccess(list: ListOfEntries, read: SyncPosition | null): Promise<void> {
    const actor = this.currentActor.get();
    const viewerId = actor.kind === 'user' ? actor.userId : null;
    // A key has all access, and a user to the events that the user attends.
    if (read === null || actor.kind === 'key' || (viewerId !== null && viewerId === list.userId)) return;
    if (await this.access.concern(list, viewerId, read.snapshot)) throw syncTokenExpired();
  }

  private bindingOf(list: string, { maxAttendees }: Pick<IncrementalListQuery, 'maxAttendees'>): SyncBinding {
    const actor = this.currentActor.get();
    const viewer = actor.kind === 'user' ? `user ${actor.userId}` : actor.kind;
    return { list, parameters: { max_attendees: maxAttendees }, viewer };
  }
}

function idOf(item: SyncedEvent): number {
  return item.removed ? item.id : item.view.event.id;
}

/** The first items, as many as a page may have, and with as many attendees, but at least one. */
function withinPage(
  items: readonly SyncedEvent[],
  { limit, maxAttendees }: PageOfRows,
): readonly SyncedEvent[] {
  let weight = 0;
  const end = items.findIndex((item, index) => {
    weight += item.removed ? 0 : Math.min(attendeesOf(item), maxAttendees ?? Infinity);
    return index > 0 && (index >= limit || weight > MAX_ATTENDEES_IN_PAGE);
  });
  return end < 0 ? items : items.slice(0, end);
}

function attendeesOf({ view }: SyncedEvent & { readonly removed: false }): number {
  return view.event.attendees.length + view.event.guests.length;
}
