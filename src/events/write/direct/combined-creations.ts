import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Interval } from '../../../calendar/intervals/interval.js';
import { DAY } from '../../../calendar/time/civil-time.js';
import { isRefusedStatement } from '../../../database/connection/refused-statement.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { presentAuthor } from '../../../database/session/change-author.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { Clock } from '../../../platform/clock/clock.js';
import { CalendarCache } from '../../../scheduling/cache/calendar-cache.js';
import type { KnownCalendars } from '../../../scheduling/cache/known-calendars.js';
import type { NewSeries } from '../../model/commands.js';
import type { EventRecord, PartialEventRecord } from '../../model/event-record.js';
import { timeOf } from '../turn-subjects.js';
import { CreationBatch } from './creation-batch.js';
import { CreationDecisions, type DecidedCreation, isDecided } from './creation-decisions.js';
import { usersOf } from './known-creation.js';
import { SavedCreations } from './saved-creations.js';

/** Attempts after which the general path creates the event: the calendars change faster than the process reads them. */
const MAX_ATTEMPTS = 3;

/** A statement of more rows makes its first creations wait for longer than it saves. */
const MAX_EVENTS_OF_STATEMENT = 16;

/** Milliseconds. A statement that takes longer waits for a lock, and the next one, of other users, does not wait for it. */
const LONGEST_WAIT_MS = 20;

/** Milliseconds. People create several events about one time, so the process reads more than one of them needs. */
const READ_AROUND = 42 * DAY;

/** Users. The calendars of more of them are read no further than a creation needs. */
const MAX_WIDELY_READ = 10;

/** A creation that is made. */
export interface DirectCreation extends DecidedCreation {
  readonly record: EventRecord;
  /** The events behind the conflicts, and others. */
  readonly eventsBehind: readonly PartialEventRecord[];
}

/** A creation that waits for the next statement. */
interface Waiting {
  readonly series: NewSeries;
  readonly userIds: readonly number[];
  readonly subjects: readonly string[];
  /** Runs work on behalf of the request. */
  readonly inContext: <T>(work: () => T) => T;
  readonly settle: (result: DirectCreation | null | Promise<DirectCreation | null>) => void;
}

/** A creation of a statement. */
interface Member {
  readonly waiting: Waiting;
  readonly decided: DecidedCreation;
}

/** The creations of one statement, which have their turn. */
interface Begun {
  readonly batch: CreationBatch;
  readonly members: readonly Member[];
  readonly end: () => void;
}

/** The creations of one author. */
interface Lane {
  readonly waiting: Waiting[];
  /** The subjects of the statements under way. */
  readonly held: Set<string>;
  readonly underWay: Set<Promise<void>>;
}

/**
 * Makes creations in few statements: those that come while a statement of the same author is under way share the next one.
 * Creations take turns with all bookings of their users in this process, and hold no connection meanwhile.
 */
@Injectable()
export class CombinedCreations {
  /** By tenant and author. */
  private readonly lanes = new Map<string, Lane>();

  constructor(
    private readonly cache: CalendarCache,
    private readonly decisions: CreationDecisions,
    private readonly saved: SavedCreations,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
  ) {}

  /** @returns null: the event is not created, and the general path has to create it */
  async create(series: NewSeries): Promise<DirectCreation | null> {
    const userIds = usersOf(series);
    const own = { series, userIds, subjects: userIds.map(timeOf), inContext: AsyncLocalStorage.snapshot() };
    return new Promise((settle) => {
      const key = `${this.tenant.id} ${presentAuthor()}`;
      const lane = this.lanes.get(key);
      if (lane) lane.waiting.push({ ...own, settle });
      else void this.run(key, { waiting: [{ ...own, settle }], held: new Set(), underWay: new Set() });
    });
  }

  private async run(key: string, lane: Lane): Promise<void> {
    this.lanes.set(key, lane);
    while (lane.waiting.length > 0) {
      const begun = await this.begin(lane);
      const { underWay } = lane;
      if (begun.members.length > 0) {
        const work: Promise<void> = this.finish(begun).finally(() => underWay.delete(work));
        underWay.add(work);
        await Promise.race([work, sleep(LONGEST_WAIT_MS, undefined, { ref: false })]);
      } else if (underWay.size > 0) await Promise.race(underWay);
    }
    this.lanes.delete(key);
  }

  /** Chooses the creations of the next statement. Those that another statement of the lane concerns wait for its end. */
  private async begin({ waiting: all, held }: Lane): Promise<Begun> {
    const batch = new CreationBatch();
    const members: Member[] = [];
    const later: Waiting[] = [];
    const own = new Set<string>();
    const ends: (() => void)[] = [];
    for (const waiting of all.splice(0, MAX_EVENTS_OF_STATEMENT)) {
      const more = waiting.subjects.filter((subject) => !own.has(subject));
      if (more.some((subject) => held.has(subject))) {
        later.push(waiting);
        continue;
      }
      const end = this.unitOfWork.tryTurn(more);
      const decided = end && (await this.decidedByKnown(waiting));
      if (end && decided && batch.add(decided)) {
        for (const subject of more) own.add(subject);
        ends.push(end);
        members.push({ waiting, decided });
        continue;
      }
      end?.();
      if (decided) later.push(waiting);
      else waiting.settle(this.alone(waiting));
    }
    all.unshift(...later);
    for (const subject of own) held.add(subject);
    const end = (): void => {
      for (const subject of own) held.delete(subject);
      for (const each of ends) each();
    };
    return { batch, members, end };
  }

  private async finish({ batch, members, end }: Begun): Promise<void> {
    const isSettled = await this.savedTogether(members, batch);
    end();
    if (!isSettled) for (const { waiting } of members) waiting.settle(this.alone(waiting, true));
  }

  /** @returns whether the creations are settled */
  private async savedTogether(members: readonly Member[], batch: CreationBatch): Promise<boolean> {
    try {
      const [{ waiting: first }] = members;
      const saved = await first.inContext(async () => this.saved.save(batch));
      if (saved === null) return false;
      const { records, eventsBehind } = saved;
      for (const [index, { waiting, decided }] of members.entries())
        waiting.settle({ ...decided, record: records[index], eventsBehind });
    } catch (error) {
      // One of the events may be refused, and not the others.
      if (isRefusedStatement(error)) return false;
      for (const { waiting } of members) waiting.settle(Promise.reject(error));
    }
    return true;
  }

  /** The decision by what the process knows; null: this does not suffice. */
  private async decidedByKnown({ series, userIds, inContext }: Waiting): Promise<DecidedCreation | null> {
    const decision = await inContext(async () => {
      const calendars = this.cache.known(userIds);
      return calendars && this.decisions.of(series, calendars);
      // An error concerns this creation alone, which meets it again.
    }).catch(() => null);
    return isDecided(decision) ? decision : null;
  }

  /** Makes a creation in a statement of its own. @param isOutdated whether the process has to read the calendars first */
  private async alone(
    { series, userIds, subjects, inContext }: Waiting,
    isOutdated = false,
  ): Promise<DirectCreation | null> {
    try {
      return await inContext(async () =>
        this.unitOfWork.takeTurn(subjects, async () => this.attempts(series, userIds, isOutdated)),
      );
    } catch (error) {
      // The general path makes the refusal, or succeeds.
      if (isRefusedStatement(error)) return null;
      throw error;
    }
  }

  private async attempts(
    series: NewSeries,
    userIds: readonly number[],
    isOutdated: boolean,
  ): Promise<DirectCreation | null> {
    let calendars = isOutdated ? null : this.cache.known(userIds);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      calendars ??= await this.cache.refreshed(userIds, this.present());
      const decided = calendars && (await this.decidedAfterRead(series, calendars));
      if (!decided) return null;
      const batch = new CreationBatch();
      batch.add(decided);
      const saved = await this.saved.save(batch);
      if (saved) return { ...decided, record: saved.records[0], eventsBehind: saved.eventsBehind };
      calendars = null;
    }
    return null;
  }

  /** The decision, after the process has read what it does not know; null: the general path decides. */
  private async decidedAfterRead(series: NewSeries, known: KnownCalendars): Promise<DecidedCreation | null> {
    const first = await this.decisions.of(series, known);
    if (first === null || isDecided(first)) return first;
    const userIds = [...known.byUser.keys()];
    const calendars = await this.cache.refreshed(
      userIds,
      userIds.length > MAX_WIDELY_READ ? first : widened(first),
    );
    const decision = calendars && (await this.decisions.of(series, calendars));
    return isDecided(decision) ? decision : null;
  }

  /** A window about the present. Most events are created near it. */
  private present(): Interval {
    const now = this.clock.now().getTime();
    return { start: now, end: now };
  }
}

function widened({ start, end }: Interval): Interval {
  return { start: start - READ_AROUND, end: end + READ_AROUND };
}
