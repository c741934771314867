import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { requireScopeOfCaller } from '../../../access/key-access.js';
import { UserCalendarsService } from '../../../calendars/read/user-calendars.service.js';
import { ChangeEpochs } from '../../../changes/log/change-epochs.service.js';
import type { SyncBinding, SyncPage, SyncPosition } from '../../../changes/sync/sync-position.js';
import { SyncTokens, syncTokenExpired } from '../../../changes/sync/sync-tokens.js';
import { DirectoryService } from '../../../users/read/directory.service.js';
import { UsersService } from '../../../users/read/users.service.js';
import type { ListOfEntries } from '../../model/changes/entry-history.js';
import { GrantChangesRepository } from '../../store/changes/grant-changes.repository.js';
import {
  IncrementalListsRepository,
  type IncrementalRows,
} from '../../store/changes/incremental-lists.repository.js';
import { MAX_ATTENDEES_IN_PAGE } from '../list-pages.js';
import type { IncrementalListQuery, IncrementalPage } from './incremental-list.js';
import { SyncedEventsService } from './synced-events.service.js';

/** A list, before the service knows whether the caller sees it. */
interface NamedList {
  readonly name: string;
  readonly entries: ListOfEntries;
  /** @returns the list. @throws {DomainError} not-found, if the current actor does not see it */
  readonly find: () => Promise<ListOfEntries>;
}

/** Lists events in full, and then the changes since a list. */
@Injectable()
export class IncrementalListService {
  constructor(
    private readonly lists: IncrementalListsRepository,
    private readonly grants: GrantChangesRepository,
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
    const entries = { userId, calendarId: null };
    const find = async () => {
      await this.directory.expectVisible(userId);
      await this.users.get(userId);
      return entries;
    };
    return this.pageOf({ name: `user ${userId}`, entries, find }, query);
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
    const entries = { userId: null, calendarId: null };
    return this.pageOf({ name: 'tenant', entries, find: async () => entries }, query);
  }

  private async pageOf(named: NamedList, query: IncrementalListQuery): Promise<IncrementalPage> {
    requireScopeOfCaller(this.currentActor.get(), 'changes.read');
    const { limit, maxAttendees } = query;
    const binding = this.bindingOf(named.name, query);
    const token = query.syncToken === '' ? null : this.tokens.read(query.syncToken, binding);
    const page = query.pageToken === null ? null : this.tokens.readPage(query.pageToken, binding, token);
    const read = token ?? page?.first ?? null;
    const list = await this.found(named, read);
    const rows = await this.rowsOf(list, read, {
      limit,
      maxAttendees,
      after: page?.after ?? 0,
      changed: token !== null,
    });
    const first = page?.first ?? this.tokens.advanced(read, rows.position);
    // Also for the later pages: the database may have been restored between two of them.
    if (page) this.tokens.advanced(read, rows.position);
    await this.refuseChangedGrants(list, read);
    const items = await this.synced.of(rows, list);
    const next: SyncPage | null =
      rows.more && rows.last !== null ? { first, since: token?.snapshot ?? null, after: rows.last } : null;
    return {
      items,
      nextPageToken: next && this.tokens.issuePage(next, binding),
      syncToken: next ? null : this.tokens.issue(first, binding),
    };
  }

  private async rowsOf(
    list: ListOfEntries,
    read: SyncPosition | null,
    page: { limit: number; maxAttendees: number | null; after: number; changed: boolean },
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

  /** A changed grant may hide the list itself. It ends the token also then. */
  private async found(named: NamedList, read: SyncPosition | null): Promise<ListOfEntries> {
    try {
      return await named.find();
    } catch (error) {
      await this.refuseChangedGrants(named.entries, read);
      throw error;
    }
  }

  /** @throws {DomainError} expired `sync_token_expired` */
  private async refuseChangedGrants(list: ListOfEntries, read: SyncPosition | null): Promise<void> {
    const actor = this.currentActor.get();
    const viewerId = actor.kind === 'user' ? actor.userId : null;
    // A key has all access, and a user to the events that the user attends.
    if (read === null || actor.kind === 'key' || (viewerId !== null && viewerId === list.userId)) return;
    if (await this.grants.concern(list, viewerId, read.snapshot)) throw syncTokenExpired();
  }

  private bindingOf(list: string, { maxAttendees }: IncrementalListQuery): SyncBinding {
    const actor = this.currentActor.get();
    const viewer = actor.kind === 'user' ? `user ${actor.userId}` : actor.kind;
    return { list, parameters: { max_attendees: maxAttendees }, viewer };
  }
}
