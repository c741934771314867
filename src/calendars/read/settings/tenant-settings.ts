import { type SettingsChanges, USERS_OF_ONE_LOOK_UP } from './settings-changes.js';

/** Users whose last change is remembered. Beyond it, the process forgets all that it keeps of the tenant. */
const MAX_REMEMBERED = 10_000;

/** Rises within the process and is never given twice, so that a moment means the same in each state of a tenant. */
let lastMoment = 0;

function nextMoment(): number {
  lastMoment += 1;
  return lastMoment;
}

/**
 * The changes of the settings of a tenant's users that the process knows. Look-ups report them, in any order and more than
 * once. A moment is a count of the reports.
 *
 * Each change that `snapshot` has was reported, or is older than all that the process keeps of the tenant. So a request that
 * notes its own look-up knows each change that was committed before the look-up, and a value is current for the request if
 * `isCurrent` says so afterwards.
 */
export class TenantSettings {
  private life: string | null = null;
  private known: string | null = null;
  /** What was kept before is not current. */
  private oldest = nextMoment();
  private latest = this.oldest;
  private readonly changes = new Map<number, { readonly settings: number; readonly moment: number }>();

  /** The snapshot since which the next look-up reports changes; null: there is none. */
  get snapshot(): string | null {
    return this.known;
  }

  /** The present moment. A value whose read begins now has all changes that are known now. */
  get moment(): number {
    return this.latest;
  }

  /** Takes the report of a look-up. @param since the snapshot that the look-up was given */
  note(since: string | null, { life, snapshot, changed }: SettingsChanges): void {
    if (life !== this.life || changed.length > USERS_OF_ONE_LOOK_UP || this.changes.size > MAX_REMEMBERED) {
      this.life = life;
      this.known = snapshot;
      this.forget();
      return;
    }
    let moment: number | null = null;
    for (const [userId, settings] of changed) {
      // Another look-up has reported the same change.
      if ((this.changes.get(userId)?.settings ?? 0) >= settings) continue;
      moment ??= nextMoment();
      this.changes.set(userId, { settings, moment });
    }
    this.latest = moment ?? this.latest;
    // After another base, changes between the two may be missing.
    if (since === this.known) this.known = snapshot;
  }

  /** Whether a value that was read at a moment has all known changes of these users. */
  isCurrent(moment: number, userIds: Iterable<number>): boolean {
    if (moment >= this.latest) return true;
    if (moment < this.oldest) return false;
    for (const id of userIds) if ((this.changes.get(id)?.moment ?? 0) > moment) return false;
    return true;
  }

  private forget(): void {
    this.oldest = nextMoment();
    this.latest = this.oldest;
    this.changes.clear();
  }
}
