import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/actor.js';
import type { TenantChanges } from './tenant-changes.js';

/** Decisions, some 10 MB. Beyond them, all of the process go. */
const MAX_DECISIONS = 50_000;

/** What the rule of access gave the callers of a tenant at one moment, by caller and subject. */
interface Decisions {
  readonly moment: number;
  readonly byCaller: Map<number | null, Map<string, unknown>>;
}

/**
 * Keeps what SQL decided about the access of callers, until a look-up reports a change of settings of any user of the tenant.
 * A caller that is an API key needs no decision.
 */
@Injectable()
export class KeptAccess {
  private decisions = new WeakMap<TenantChanges, Decisions>();
  private count = 0;

  /**
   * The decisions about the present actor and these subjects: the kept ones, and those that `read` makes about the others. A
   * decision that was read while a change was reported is not kept.
   * @param changes of which the request has noted a look-up of its own
   * @param kind tells the kinds of subjects apart
   */
  async decide<Decision>(
    changes: TenantChanges,
    actor: Actor,
    kind: string,
    ids: readonly number[],
    read: (ids: readonly number[]) => Promise<ReadonlyMap<number, Decision>>,
  ): Promise<ReadonlyMap<number, Decision | null>> {
    const { momentOfSettings: moment } = changes;
    const found = new Map<number, Decision | null>();
    const kept = this.of(changes, actor);
    const missing: number[] = [];
    for (const id of ids) {
      const decision = kept.get(`${kind} ${id}`) as Decision | null | undefined;
      if (decision === undefined) missing.push(id);
      else found.set(id, decision);
    }
    if (missing.length === 0) return found;
    const decided = await read(missing);
    for (const id of missing) found.set(id, decided.get(id) ?? null);
    if (changes.momentOfSettings === moment) this.keep(changes, actor, kind, missing, found);
    return found;
  }

  private keep(
    changes: TenantChanges,
    actor: Actor,
    kind: string,
    ids: readonly number[],
    found: ReadonlyMap<number, unknown>,
  ): void {
    this.count += ids.length;
    if (this.count > MAX_DECISIONS) {
      this.decisions = new WeakMap();
      this.count = ids.length;
    }
    const kept = this.of(changes, actor);
    for (const id of ids) kept.set(`${kind} ${id}`, found.get(id));
  }

  private of(changes: TenantChanges, actor: Actor): Map<string, unknown> {
    let decisions = this.decisions.get(changes);
    if (decisions?.moment !== changes.momentOfSettings) {
      decisions = { moment: changes.momentOfSettings, byCaller: new Map() };
      this.decisions.set(changes, decisions);
    }
    const caller = actor.kind === 'user' ? actor.userId : null;
    let kept = decisions.byCaller.get(caller);
    if (!kept) {
      kept = new Map();
      decisions.byCaller.set(caller, kept);
    }
    return kept;
  }
}
