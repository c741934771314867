import { Injectable } from '@nestjs/common';
import { type Actor, ANONYMOUS, authenticationOf } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { CredentialsService } from '../../auth/login/credentials.service.js';
import type { CalendarSubscriptionView } from '../../calendar-subscriptions/model/subscription-record.js';
import { CalendarSubscriptionsService } from '../../calendar-subscriptions/read/calendar-subscriptions.service.js';
import type { CalendarView } from '../../calendars/model/calendar.policy.js';
import type { GrantRecord } from '../../calendars/model/grants/grant-record.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { UserGrantsService } from '../../calendars/read/user-grants.service.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { ServiceUnavailable } from '../../errors/service-unavailable.js';
import { InvalidToken } from '../../errors/unauthenticated-error.js';
import { UserChangesExportService } from '../../events/export/user-changes-export.service.js';
import {
  type ExportedEvent,
  UserEventsExportService,
} from '../../events/export/user-events-export.service.js';
import type { InviteRecord } from '../../events/model/attendance/invite-record.js';
import type { AuthoredChange } from '../../events/model/changes/event-change-record.js';
import { EventInvitesService } from '../../events/read/event-invites.service.js';
import type { FeedRecord } from '../../feeds/model/feed-record.js';
import { FeedsService } from '../../feeds/write/feeds.service.js';
import type { HoldRecord } from '../../holds/model/hold-record.js';
import { HoldsService } from '../../holds/read/holds.service.js';
import { pagesWithin } from '../../platform/context/pages-within.js';
import type { Page } from '../../platform/page/page.js';
import type { EventReminderSettings } from '../../reminders/model/reminder-settings.js';
import { RemindersService } from '../../reminders/planning/reminders.service.js';
import type { UserView } from '../../users/model/user.policy.js';
import { isResource, type UserRecord } from '../../users/model/user-record.js';
import { UsersService } from '../../users/read/users.service.js';
import { UserTombstonesService } from '../../users/write/user-tombstones.service.js';
import type { SubscriptionRecord } from '../../webhooks/model/subscription-record.js';
import { SubscriptionsService } from '../../webhooks/read/subscriptions.service.js';

const ONLY_THE_USER = "Only the user, or an API key, may export a user's data.";

/**
 * The exports of one process at a time. Each has the data of a few events in memory, and uses a connection of the
 * database now and then for as long as the client reads.
 * @public `docs/limits.md` lists it.
 */
export const MAX_EXPORTS_AT_ONCE = 10;

/** Rows in memory at a time. */
const ROWS_PER_READ = 500;

/**
 * All data that the service keeps about a user, as the user sees them; of a room to a caller without a token, as that caller
 * sees them. The service reads them while the client takes them.
 */
export interface UserExport {
  readonly user: UserView;
  readonly calendars: AsyncIterable<readonly CalendarView[]>;
  /** Those on the user's calendars, and those to the user. */
  readonly grants: AsyncIterable<readonly GrantRecord[]>;
  readonly events: AsyncIterable<readonly ExportedEvent[]>;
  readonly invites: AsyncIterable<readonly InviteRecord[]>;
  readonly reminders: AsyncIterable<readonly EventReminderSettings[]>;
  readonly webhookSubscriptions: AsyncIterable<readonly SubscriptionRecord[]>;
  /** Those of all calendars of the user. */
  readonly calendarFeeds: AsyncIterable<readonly FeedRecord[]>;
  readonly calendarSubscriptions: AsyncIterable<readonly CalendarSubscriptionView[]>;
  /** Those that the user created and the service still keeps. */
  readonly holds: AsyncIterable<readonly HoldRecord[]>;
  readonly changes: AsyncIterable<readonly AuthoredChange[]>;
  /** Makes place for another export. A second call has no effect. */
  end(): void;
}

/** Exports the data of users. */
@Injectable()
export class UserExportService {
  private readonly open = new Set<object>();

  constructor(
    private readonly tombstones: UserTombstonesService,
    private readonly credentials: CredentialsService,
    private readonly users: UsersService,
    private readonly calendars: UserCalendarsService,
    private readonly grants: UserGrantsService,
    private readonly events: UserEventsExportService,
    private readonly invites: EventInvitesService,
    private readonly reminders: RemindersService,
    private readonly subscriptions: SubscriptionsService,
    private readonly feeds: FeedsService,
    private readonly calendarSubscriptions: CalendarSubscriptionsService,
    private readonly holds: HoldsService,
    private readonly changes: UserChangesExportService,
    private readonly currentActor: CurrentActor,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Begins an export. The caller must end it. The export fails on the way if the user is deleted, or if the caller's
   * token ends because the password changes.
   * @throws {DomainError} not-found `user_not_found`; forbidden, `reauthentication_required`
   * @throws {UnauthenticatedError} @throws {ServiceUnavailable} `overloaded`
   */
  async begin(userId: number): Promise<UserExport> {
    const owner = await this.tombstones.getOwn(userId, ONLY_THE_USER);
    await this.credentials.requireFreshLogin(userId, 'export the data');
    const within = this.asUser(owner);
    const user = await within(async () => this.users.view(userId));
    const generation = authenticationOf(this.currentActor.get())?.generation ?? null;
    const place = this.takePlace();
    const pagesOf = <Items>(pages: AsyncGenerator<Items, void, undefined>) =>
      pagesWithin(within, this.whileAllowed(userId, generation, pages));
    return {
      user,
      calendars: pagesOf(this.calendarsOf(userId)),
      grants: pagesOf(this.grantsOf(userId)),
      events: pagesOf(this.events.ofUser(userId)),
      invites: pagesOf(this.invitesOf(userId)),
      reminders: pagesOf(this.remindersOf(user)),
      webhookSubscriptions: pagesOf(this.subscriptionsOf(userId)),
      calendarFeeds: pagesOf(this.feedsOf(userId)),
      calendarSubscriptions: pagesOf(this.calendarSubscriptionsOf(userId)),
      holds: pagesOf(this.holdsOf(userId)),
      changes: pagesOf(this.changes.ofUser(userId)),
      end: () => this.open.delete(place),
    };
  }

  private takePlace(): object {
    if (this.open.size >= MAX_EXPORTS_AT_ONCE) {
      throw new ServiceUnavailable(
        'overloaded',
        'The service writes as many exports as it can. Try again later.',
      );
    }
    const place = {};
    this.open.add(place);
    return place;
  }

  /**
   * Runs work as the user: the export has only what the user's own requests show. A caller without a token may act for a
   * room, but does not see all events of others that the room attends.
   */
  private asUser(user: UserRecord): <T>(work: () => T) => T {
    const { id: tenantId } = this.tenant;
    const isHidden = this.isAnonymous() && isResource(user);
    const actor: Actor = isHidden ? ANONYMOUS : { kind: 'user', tenantId, userId: user.id };
    return (work) => this.tenant.run(tenantId, () => this.currentActor.run(actor, work));
  }

  private isAnonymous(): boolean {
    return this.currentActor.get().kind === 'anonymous';
  }

  private async *calendarsOf(userId: number): AsyncGenerator<readonly CalendarView[], void, undefined> {
    for (let after: readonly number[] | null = null; ; ) {
      const page: Page<CalendarView> = await this.calendars.ofUser(userId, { after, limit: ROWS_PER_READ });
      yield page.items;
      if (page.next === null) return;
      after = page.next;
    }
  }

  private async *grantsOf(userId: number): AsyncGenerator<GrantRecord[], void, undefined> {
    for (let after = 0; ; ) {
      const page = await this.grants.ofUser(userId, after, ROWS_PER_READ);
      yield page;
      if (page.length < ROWS_PER_READ) return;
      after = page.at(-1)?.id ?? after;
    }
  }

  /** @param generation that of the caller's token; null: the caller is not the user */
  private async *whileAllowed<Items>(
    userId: number,
    generation: number | null,
    pages: AsyncGenerator<Items, void, undefined>,
  ): AsyncGenerator<Items, void, undefined> {
    for await (const page of pages) {
      const user = await this.users.get(userId);
      if (generation !== null && generation !== user.generation) throw new InvalidToken();
      yield page;
    }
  }

  private async *invitesOf(userId: number): AsyncGenerator<InviteRecord[], void, undefined> {
    for (let after = 0; ; ) {
      const filter = { seenWithoutToken: this.isAnonymous() };
      const page = await this.invites.ofUser(userId, filter, after, ROWS_PER_READ);
      yield page;
      if (page.length < ROWS_PER_READ) return;
      after = page.at(-1)?.inviteId ?? after;
    }
  }

  private async *remindersOf({ user }: UserView): AsyncGenerator<EventReminderSettings[], void, undefined> {
    for (let after = 0; ; ) {
      const page = await this.reminders.allOf(user, after, ROWS_PER_READ);
      const seen = this.isAnonymous() ? await this.events.seenOf(page.map(({ eventId }) => eventId)) : null;
      yield page.filter(({ eventId }) => seen?.has(eventId) ?? true);
      if (page.length < ROWS_PER_READ) return;
      after = page.at(-1)?.eventId ?? after;
    }
  }

  private async *feedsOf(userId: number): AsyncGenerator<FeedRecord[], void, undefined> {
    for (let after = 0; ; ) {
      const page = await this.feeds.ofUser(userId, after, ROWS_PER_READ);
      yield page;
      if (page.length < ROWS_PER_READ) return;
      after = page.at(-1)?.id ?? after;
    }
  }

  private async *holdsOf(userId: number): AsyncGenerator<HoldRecord[], void, undefined> {
    for (let after = 0; ; ) {
      const page = await this.holds.createdBy(userId, after, ROWS_PER_READ);
      yield page;
      if (page.length < ROWS_PER_READ) return;
      after = page.at(-1)?.id ?? after;
    }
  }

  /** At most some dozen, by their limit. */
  private async *calendarSubscriptionsOf(
    userId: number,
  ): AsyncGenerator<readonly CalendarSubscriptionView[], void, undefined> {
    yield (await this.calendarSubscriptions.ofUser(userId, 0, ROWS_PER_READ)).items;
  }

  private async *subscriptionsOf(userId: number): AsyncGenerator<SubscriptionRecord[], void, undefined> {
    yield await this.subscriptions.ofUser(userId);
  }
}
