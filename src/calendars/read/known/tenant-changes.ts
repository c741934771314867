import { ATTENDEES_OF_REPORT, CHANGES_OF_ONE_LOOK_UP, type ReportedChanges } from './reported-changes.js';

/** Users and events whose last change is remembered, some 800 kB. Beyond it, what was not used for long is not current. */
const CHANGES_REMEMBERED = 10_000;

/** The last change of a user or an event: its mark, which differs from that of each earlier change, and when it was reported. */
interface LastChange<Mark> {
  readonly mark: Mark;
  readonly moment: number;
}

/** Rises within the process and is never given twice, so that a moment means the same for each tenant. */
let lastMoment = 0;

function nextMoment(): number {
  lastMoment += 1;
  return lastMoment;
}

/**
 * The changes of a tenant that the process knows: those of the settings of users, and those of events. Look-ups report them, in
 * any order and more than once. A moment is a count of the reports with news.
 *
 * Each change that `snapshot` has was reported, or is older than all that the process keeps of the tenant. So a request that
 * has noted a look-up of its own knows each change that was committed before the look-up. A kept value with the moment of its
 * read is current for the request if no change of what it depends on has a later moment.
 */
export class TenantChanges {
  private life: string | null = null;
  private known: string | null = null;
  /** What was read before is not current. The changes until then are forgotten. */
  private oldest = nextMoment();
  private latest = this.oldest;
  private latestOfSettings = this.oldest;
  /** When the last change of an event with many attendees was reported. */
  private latestOfMany = this.oldest;
  private readonly settings = new Map<number, LastChange<number>>();
  private readonly events = new Map<number, LastChange<string>>();
  /** When the last change of an event that the user attends was reported. */
  private readonly entries = new Map<number, number>();

  /** The snapshot since which the next look-up reports changes; null: there is none. */
  get snapshot(): string | null {
    return this.known;
  }

  /** The present moment. */
  get moment(): number {
    return this.latest;
  }

  /** The moment of the last change of the settings of any user. */
  get momentOfSettings(): number {
    return this.latestOfSettings;
  }

  /**
   * Runs a look-up, and notes its report.
   * @param run reads rows and the report in one statement, given the snapshot since which it reports
   * @returns the rows, and the moment of the read: the rows have each change that was known then
   */
  async lookUp<Rows extends ReportedChanges>(
    run: (since: string | null) => Promise<Rows>,
  ): Promise<{ readonly rows: Rows; readonly moment: number }> {
    const { known: since, latest: before } = this;
    const rows = await run(since);
    // Another look-up, which was noted meanwhile, may have a later snapshot than the rows.
    const isAlone = this.latest === before;
    this.note(since, rows);
    return { rows, moment: isAlone ? this.latest : before };
  }

  /** Takes the report of a look-up. @param since the snapshot that the look-up was given */
  note(since: string | null, reported: ReportedChanges): void {
    const { life, snapshot, purged, changedUsers, changedEvents } = reported;
    const changes = changedEvents.reduce((sum, [, xids]) => sum + xids.length, 0);
    const isTooMuch = Math.max(changedUsers.length, changes) > CHANGES_OF_ONE_LOOK_UP;
    if (life !== this.life || purged || isTooMuch) {
      this.life = life;
      this.known = snapshot;
      this.forget();
      return;
    }
    // Other look-ups may have reported the same changes.
    const users = changedUsers.filter(([id, settings]) => (this.settings.get(id)?.mark ?? 0) < settings);
    const events = changedEvents.filter(([id, xids]) => this.events.get(id)?.mark !== xids.join());
    if (users.length + events.length > 0) this.add(users, events);
    // After another base, changes between the two may be missing.
    if (since === this.known) this.known = snapshot;
  }

  /**
   * Notes an event that a statement of this process has created and committed. The look-ups that report it later report
   * nothing new.
   * @param moment the one before the statement @param xid the transaction @param userIds the attendees
   * @returns whether the event, as the statement has created it, has all known changes of the event since that moment
   */
  noteCreated(eventId: number, xid: number, userIds: readonly number[], moment: number): boolean {
    if (moment < this.oldest || this.events.has(eventId)) return false;
    this.add([], [[eventId, [xid], userIds]]);
    // The lists of the attendees have changed now. The event has been the same since before.
    this.events.set(eventId, { mark: `${xid}`, moment });
    return true;
  }

  /** Whether rows that were read at a moment have all known settings of these users. */
  hasSettings(moment: number, userIds: readonly number[]): boolean {
    if (moment < this.oldest) return false;
    if (moment >= this.latestOfSettings) return true;
    return userIds.every((id) => (this.settings.get(id)?.moment ?? 0) <= moment);
  }

  /** Whether rows of an event that were read at a moment have all known changes of the event. */
  hasEvent(moment: number, eventId: number): boolean {
    return moment >= this.oldest && (this.events.get(eventId)?.moment ?? 0) <= moment;
  }

  /**
   * Whether no event that the user attends now has changed since a moment. An event that the user attended then may have
   * changed.
   */
  hasEntries(moment: number, userId: number): boolean {
    return moment >= Math.max(this.oldest, this.latestOfMany) && (this.entries.get(userId) ?? 0) <= moment;
  }

  private add(users: ReportedChanges['changedUsers'], events: ReportedChanges['changedEvents']): void {
    const moment = nextMoment();
    this.latest = moment;
    if (users.length > 0) this.latestOfSettings = moment;
    for (const [id, mark] of users) this.settings.set(id, { mark, moment });
    for (const [id, xids, userIds] of events) {
      this.events.set(id, { mark: xids.join(), moment });
      if (userIds.length > ATTENDEES_OF_REPORT) this.latestOfMany = moment;
      else for (const userId of userIds) this.entries.set(userId, moment);
    }
    this.prune();
  }

  /** Forgets the older changes if there are too many. What was read before them, and not used since, is not current. */
  private prune(): void {
    const { settings, events, entries } = this;
    while (settings.size + events.size + entries.size > CHANGES_REMEMBERED && this.oldest < this.latest) {
      this.oldest = Math.ceil((this.oldest + this.latest) / 2);
      for (const changes of [settings, events])
        for (const [id, { moment }] of changes) if (moment <= this.oldest) changes.delete(id);
      for (const [id, moment] of entries) if (moment <= this.oldest) entries.delete(id);
    }
  }

  private forget(): void {
    this.oldest = nextMoment();
    this.latest = this.oldest;
    this.latestOfSettings = this.oldest;
    for (const changes of [this.settings, this.events, this.entries]) changes.clear();
  }
}
