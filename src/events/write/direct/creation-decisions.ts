import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import type { Interval } from '../../../calendar/intervals/interval.js';
import type { Instant } from '../../../calendar/time/civil-time.js';
import { Configuration } from '../../../platform/configuration/configuration.js';
import { refusesConflicts } from '../../../scheduling/booking/conflict-policy.js';
import type { Conflict, TimeByUser } from '../../../scheduling/booking/conflicts/conflict.js';
import { KnownConflicts } from '../../../scheduling/booking/known-conflicts.js';
import type { KnownCalendars } from '../../../scheduling/cache/known-calendars.js';
import { repeats } from '../../../scheduling/occurrences/series-record.js';
import type { NewSeries } from '../../model/commands.js';
import { eventsBehind, type IdsByUser } from '../../read/conflicts/known-conflict-details.service.js';
import { bookableEvent, type KnownEvent } from '../../store/direct/known-event.js';
import { InvitationLimitService } from '../invitation-limit.service.js';
import { knownEvent, remindersOf } from './known-creation.js';
import { ReminderPlan } from './reminder-plan.js';

/** A creation that nothing refuses, as long as the calendars are those that the process knows. */
export interface DecidedCreation {
  readonly event: KnownEvent;
  readonly calendars: KnownCalendars;
  /** The time that the event takes. */
  readonly taken: readonly TimeByUser[];
  /** The time whose conflicts the creator sees. */
  readonly shown: readonly TimeByUser[];
  /** The conflicts of that time, also those in calendars that are hidden from the creator. */
  readonly conflicts: readonly Conflict[];
  /** The instant up to which they are found; null: they are those of all occurrences. */
  readonly checkedUntil: Instant | null;
  /** The ids of the events behind the conflicts. */
  readonly behind: IdsByUser;
}

/** Decides creations by calendars in memory. */
@Injectable()
export class CreationDecisions {
  constructor(
    private readonly conflicts: KnownConflicts,
    private readonly invitationLimit: InvitationLimitService,
    private readonly reminderPlan: ReminderPlan,
    private readonly currentActor: CurrentActor,
    private readonly configuration: Configuration,
  ) {}

  /**
   * Decides a creation of the current actor. The calendars in memory end some months ahead, so the general path decides whether a
   * conflict refuses a series.
   * @returns null: the general path has to decide. A window: the calendars have to be read there first.
   */
  async of(series: NewSeries, calendars: KnownCalendars): Promise<DecidedCreation | Interval | null> {
    const { defaultVisibility } = this.configuration;
    const known = knownEvent(series, calendars, this.currentActor.get(), defaultVisibility);
    if (known === null) return null;
    const bookable = bookableEvent(known);
    if (repeats(bookable) && this.conflicts.mayRefuse(series.conflictPolicy, calendars)) return null;
    const taken = this.conflicts.timeOf(bookable, calendars);
    const window = this.conflicts.windowOf(taken);
    if (window !== null && !calendars.covers(window)) return window;
    if (await this.conflicts.isRefused(taken, series.conflictPolicy, calendars)) return null;
    const { organizerId } = known.event;
    if (known.isLimited && !(await this.invitationLimit.isKeptBy(organizerId, known.attendees.length)))
      return null;
    const event = { ...known, reminders: this.reminderPlan.of(bookable, remindersOf(known.owners)) };
    const shown = refusesConflicts(series.conflictPolicy) ? [] : taken;
    const conflicts = await this.conflicts.of(shown, calendars);
    const checkedUntil = this.conflicts.searchedUntil(bookable, taken);
    return {
      event,
      calendars,
      taken,
      shown,
      conflicts,
      checkedUntil,
      behind: eventsBehind(conflicts, calendars),
    };
  }
}

export function isDecided(decision: DecidedCreation | Interval | null): decision is DecidedCreation {
  return decision !== null && 'event' in decision;
}
