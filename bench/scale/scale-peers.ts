import type { ThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import type { Client } from 'pg';
import type { Dataset } from '../floor/data/calendars.js';
import { Draw } from '../floor/data/draw.js';
import { startInstance } from '../load/instance.js';
import type { ChoiceOfUsers, HotOperations, SyncOfPeers, UserOfPeers } from '../pairs/hot-operations.js';
import { numberOf } from '../pairs/pair-report.js';
import { Peer } from '../pairs/peer.js';
import { ProcessorTimes } from '../pairs/processor-times.js';
import { Rounds } from '../pairs/rounds.js';
import { connected } from '../scheduling/database.js';
import { idInCopy } from './copied-tables.js';
import { restart } from './restart.js';

const WARM_UP_USERS = 60;

/** The users of one request of each kind but the incremental list. */
const USERS_OF_KINDS = 15;

const MOST_COLD_CALLS = 8;
const COLD_ROUNDS = 5;

/** The users of incremental lists: those above the goal are measured again, and nobody twice. */
const SYNCED = 2 * MOST_COLD_CALLS * COLD_ROUNDS;

/** The service on the small database and on the large one. */
export class ScalePeers {
  static readonly COLD_ROUNDS = COLD_ROUNDS;

  /** The requests of each kind in a cold round: there are only so many users. */
  readonly coldCalls: number;

  private readonly warmUpUsers: readonly UserOfPeers[];
  private readonly synced: readonly UserOfPeers[];
  private readonly others: readonly UserOfPeers[];
  private next = 0;

  private constructor(
    private readonly server: ThrowAwayPostgres,
    private client: Client,
    readonly peers: readonly [small: Peer, large: Peer],
    users: readonly UserOfPeers[],
  ) {
    this.warmUpUsers = users.slice(0, WARM_UP_USERS);
    this.synced = users.slice(WARM_UP_USERS, WARM_UP_USERS + SYNCED);
    this.others = users.slice(WARM_UP_USERS + SYNCED);
    // Twice as many rounds, since those above the goal are measured again, and as many users for the plans.
    const calls = Math.floor(this.others.length / (3 * COLD_ROUNDS * USERS_OF_KINDS));
    if (calls < 1) throw new Error('There are too few users for cold requests.');
    this.coldCalls = Math.min(calls, MOST_COLD_CALLS);
  }

  static async start(
    server: ThrowAwayPostgres,
    [smallUrl, largeUrl]: readonly [string, string],
    { users }: Dataset,
    copies: number,
  ): Promise<ScalePeers> {
    const draw = new Draw(7);
    const chosen = draw
      .sample(users, users.length)
      .map(
        (user): UserOfPeers => [user, { ...user, id: idInCopy(user.id, draw.int(0, copies - 1), copies) }],
      );
    const variables = { LOG_LEVEL: 'warn' };
    const small = new Peer('service', await startInstance(smallUrl, variables));
    const large = new Peer('large', await startInstance(largeUrl, variables));
    return new ScalePeers(server, await connected(server.url), [small, large], chosen);
  }

  get rounds(): Rounds {
    return new Rounds(this.peers, new ProcessorTimes(this.client));
  }

  /** The users of cold requests so far. */
  get used(): readonly UserOfPeers[] {
    return this.others.slice(0, this.next);
  }

  /** Users that no request of the large peer has concerned. */
  takeFresh(count: number): UserOfPeers[] {
    const taken = this.others.slice(this.next, this.next + count);
    if (taken.length < count) throw new Error('There are too few users.');
    this.next += count;
    return taken;
  }

  /** Lets the compilers do their work, with requests about users whom no other request concerns. */
  async warmUp(hot: HotOperations, warmUp = 150): Promise<void> {
    const sync = await hot.sync(this.peers, this.warmUpUsers.slice(0, 2));
    await this.rounds.warmUp(hot.of(hot.random(this.warmUpUsers, sync), { calls: 0, warmUp }));
  }

  async sync(hot: HotOperations): Promise<SyncOfPeers[]> {
    return hot.sync(this.peers, this.synced);
  }

  /** Empties the buffers of the server. The first requests then open connections and prepare the statements. */
  async restartServer(hot: HotOperations): Promise<void> {
    await this.client.end();
    await restart(this.server, this.peers);
    this.client = await connected(this.server.url);
    await this.warmUp(hot, 10);
  }

  /** Each user comes once. */
  fresh(sync: readonly SyncOfPeers[]): ChoiceOfUsers {
    let place = 0;
    return {
      users: (count) => this.takeFresh(count),
      sync: () => {
        place += 1;
        return sync[(place - 1) % sync.length];
      },
    };
  }

  async sizesOfDatabases(): Promise<string> {
    const { rows } = await this.client.query<{ megabytes: string }>(
      `SELECT pg_database_size(name) / 1048576 AS megabytes FROM unnest('{service,large}'::text[]) AS name`,
    );
    const [small, large] = rows.map(({ megabytes }) => numberOf(Number(megabytes)));
    return `They take ${small} MB and ${large} MB on the disk.`;
  }

  async stop(): Promise<void> {
    for (const peer of this.peers) await peer.stop();
    await this.client.end();
  }
}
