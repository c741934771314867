import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { tenantOf } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import type { SyncedEvent } from '../read/changes/incremental-list.js';
import { IncrementalListService } from '../read/changes/incremental-list.service.js';
import { EventStream, type ReadChanges, type StreamPosition } from './event-stream.js';
import { OpenStream } from './open-stream.js';
import { OpenStreams } from './open-streams.js';
import { StreamWaker } from './stream-waker.js';

/** Events of one read. The client takes them before the next read. */
const EVENTS_PER_READ = 100;

/** Identifies the caller of a stream again. @returns the caller as it is now. @throws if the caller may no longer read */
type Identify = () => Promise<Actor>;

/** Opens streams of changes: of the tenant for a key, and of the own events for a user. */
@Injectable()
export class ChangeStreams implements OnModuleDestroy {
  private readonly logger = new Logger(ChangeStreams.name);
  private readonly open = new Set<OpenStream<SyncedEvent>>();

  constructor(
    private readonly places: OpenStreams,
    private readonly waker: StreamWaker,
    private readonly lists: IncrementalListService,
    private readonly currentActor: CurrentActor,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Ends all streams. Otherwise they would keep the process from ending. */
  onModuleDestroy(): void {
    for (const stream of this.open) stream.close();
  }

  /**
   * Opens a stream for the current actor, a user or a key.
   * @param lastToken the token from which to continue; null: the present
   * @throws {DomainError} quota-exceeded `too_many_streams`; expired
   * `sync_token_expired`; invalid `sync_token_mismatch` @throws {ServiceUnavailable} `overloaded`
   */
  async begin(lastToken: string | null, identify: Identify): Promise<OpenStream<SyncedEvent>> {
    const actor = this.currentActor.get();
    const free = this.places.take(actor);
    try {
      return await this.started(actor, lastToken, identify, free);
    } catch (error) {
      free();
      throw error;
    }
  }

  private async started(
    actor: Actor,
    lastToken: string | null,
    identify: Identify,
    free: () => void,
  ): Promise<OpenStream<SyncedEvent>> {
    const reader = new StreamReader(this.lists, this.currentActor, this.tenant, actor);
    // Listens before it reads, so that no change comes between the two.
    const waiting = { tenantId: tenantOf(actor), userId: reader.userId, wake: () => stream.wake() };
    const token = lastToken ?? (await reader.present());
    const stream = new EventStream<SyncedEvent>(async (position) => reader.read(position), token, stateOf);
    const stopWaking = this.waker.add(waiting);
    const opened = new OpenStream(stream, async () => this.isAllowed(reader, identify));
    this.open.add(opened);
    opened.onClose(() => {
      this.open.delete(opened);
      stopWaking();
      free();
    });
    try {
      // Refuses a token from which the stream cannot continue before the response begins.
      if (lastToken !== null) await stream.prepare();
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  }

  private async isAllowed(reader: StreamReader, identify: Identify): Promise<boolean> {
    try {
      return reader.continueAs(await identify());
    } catch (error) {
      this.logger.debug(`A stream ends: ${String(error)}`);
      return false;
    }
  }
}

/** Reads the list of one stream on behalf of its caller. */
class StreamReader {
  constructor(
    private readonly lists: IncrementalListService,
    private readonly currentActor: CurrentActor,
    private readonly tenant: CurrentTenant,
    private actor: Actor,
  ) {}

  /** The user whose events the stream has; null: those of the tenant. */
  get userId(): number | null {
    return this.actor.kind === 'user' ? this.actor.userId : null;
  }

  /** Goes on with the rights that the caller has now. @returns whether it is still the same caller */
  continueAs(actor: Actor): boolean {
    const isSame = actor.kind === this.actor.kind && tenantOf(actor) === tenantOf(this.actor);
    this.actor = actor;
    return isSame;
  }

  async present(): Promise<string> {
    const { userId } = this;
    return this.asCaller(async () =>
      userId === null ? this.lists.presentOfTenant() : this.lists.presentOfUser(userId),
    );
  }

  async read({ token, page: pageToken }: StreamPosition): Promise<ReadChanges<SyncedEvent>> {
    const { userId } = this;
    const query = { syncToken: token, pageToken, limit: EVENTS_PER_READ, maxAttendees: null };
    const page = await this.asCaller(async () =>
      userId === null ? this.lists.ofTenant(query) : this.lists.ofUser(userId, query),
    );
    return { items: page.items, next: { token: page.syncToken ?? token, page: page.nextPageToken } };
  }

  private async asCaller<T>(work: () => Promise<T>): Promise<T> {
    return this.tenant.run(tenantOf(this.actor), async () => this.currentActor.run(this.actor, work));
  }
}

/** Each change raises the version of its event. */
function stateOf(synced: SyncedEvent): { id: number; state: string } {
  if (synced.removed) return { id: synced.id, state: 'removed' };
  const { id, version } = synced.view.event;
  return { id, state: String(version) };
}
